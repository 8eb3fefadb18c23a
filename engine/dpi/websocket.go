package dpi

// dissectWebSocket finds WebSocket (RFC 6455, section 5.2) in a connection whose beginning
// was not captured: there is no upgrade by HTTP, but frames fill the streams. A client masks
// them and a server does not. One frame of text is enough, otherwise it takes a few.
func dissectWebSocket(f *Flow) Verdict {
	const few = 3
	if f.StartSeen {
		return No
	}
	one, two := webSocketRead(f.Stream(f.Dir)), webSocketRead(f.Stream(f.Dir.Other()))
	switch frames := one.frames + two.frames; {
	case !one.valid || !two.valid, one.frames > 0 && two.frames > 0 && one.masked == two.masked:
		return No
	case one.text || two.text, frames >= few, one.frames > 0 && two.frames > 0:
		return Yes
	default:
		return More
	}
}

// webSocketStream is what frames of one direction show.
type webSocketStream struct {
	frames int
	masked bool // of all of them
	text   bool // one is text that can be read
	valid  bool
}

// webSocketRead reads the frames that fill b, the last of which may be incomplete.
func webSocketRead(b []byte) (s webSocketStream) {
	const shortestText = 4
	for len(b) > 0 {
		head, size, ok := webSocketHeader(b)
		masked := at8(b, 1)&0x80 != 0
		if !ok || s.frames > 0 && len(b) > 1 && masked != s.masked {
			return s
		}
		if len(b) < head+size {
			break
		}
		s.masked = masked
		if !masked && b[0] == webSocketFinalText && size >= shortestText {
			if !printable(b[head : head+size]) {
				return s
			}
			s.text = true
		}
		s.frames++
		b = b[head+size:]
	}
	s.valid = true
	return s
}

const webSocketFinalText = 0x81

// webSocketHeader returns the lengths of a frame's header and of its content; ok is false
// for what no server or client sends, and for parts of messages and empty ones, which hardly
// any does.
func webSocketHeader(b []byte) (head, size int, ok bool) {
	const final, compressed, reserved, text, binary, control, pong = 0x80, 0x40, 0x30, 1, 2, 8, 10
	kind, second := b[0]&0x0f, at8(b, 1)
	data := kind == text || kind == binary
	if b[0]&(final|reserved) != final || !data && (kind < control || kind > pong || b[0]&compressed != 0) {
		return 0, 0, false
	}
	head, size = 2, int(second&0x7f)
	switch {
	case len(b) < 2:
		return head, size, true
	case size == 127, size == 126 && !data, size == 0 && data: // 127: more than 65535 bytes
		return 0, 0, false
	case size == 126:
		head = 4
		if size = int(be16(b, 2)); len(b) >= head && size < 126 {
			return 0, 0, false
		}
	}
	if second&0x80 != 0 {
		head += 4
	}
	return head, size, true
}
