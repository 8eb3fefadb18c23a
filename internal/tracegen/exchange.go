package tracegen

import (
	"context"
	"time"
)

// Message is what one side sent at once: a datagram, or bytes of a stream that
// are cut into segments.
type Message struct {
	FromServer bool
	Data       []byte
	// Wait is the time since the message before. Zero means as soon as the path
	// allows: at once from the same side, after a turn-around from the other.
	Wait time.Duration
}

// Exchange produces a conversation. It is called once for each [Trace.Frames]
// and may run client and server libraries, concurrently with other exchanges.
type Exchange func(ctx context.Context) ([]Message, error)

// Client is a message of the client, for [Script].
func Client(data string) Message { return Message{Data: []byte(data)} }

// Server is a message of the server, for [Script].
func Server(data string) Message { return Message{FromServer: true, Data: []byte(data)} }

// After returns the message sent the time d after the one before.
func (m Message) After(d time.Duration) Message {
	m.Wait = d
	return m
}

// Script is a conversation known beforehand.
func Script(messages ...Message) Exchange {
	return func(context.Context) ([]Message, error) { return messages, nil }
}

// Lines is a dialogue of text lines: "C: " and "S: " at a line's start name the
// speaker, "\r\n" is added. Neighbouring lines of one speaker are one message.
func Lines(lines ...string) Exchange { return Script(dialogue(lines)...) }

func dialogue(lines []string) []Message {
	var out []Message
	for _, line := range lines {
		m := Message{FromServer: line[0] == 'S', Data: []byte(line[3:] + "\r\n")}
		out = appendMerged(out, m)
	}
	return out
}

// appendMerged appends m to a stream's conversation: what a side sends without
// waiting continues its message.
func appendMerged(to []Message, m Message) []Message {
	if n := len(to); n > 0 && to[n-1].FromServer == m.FromServer && m.Wait == 0 {
		to[n-1].Data = append(to[n-1].Data, m.Data...)
		return to
	}
	return append(to, m)
}

// Chain runs exchanges one after the other on the same connection.
func Chain(parts ...Exchange) Exchange {
	return func(ctx context.Context) ([]Message, error) {
		var all []Message
		for _, part := range parts {
			m, err := part(ctx)
			if err != nil {
				return nil, err
			}
			all = append(all, m...)
		}
		return all, nil
	}
}

// Paced spreads an exchange over time: each turn of the client comes the time
// think after what was before.
func Paced(think time.Duration, ex Exchange) Exchange {
	return func(ctx context.Context) ([]Message, error) {
		messages, err := ex(ctx)
		paced := make([]Message, len(messages))
		for i, m := range messages {
			if i > 0 && !m.FromServer && m.Wait == 0 {
				m.Wait = think
			}
			paced[i] = m
		}
		return paced, err
	}
}
