package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestIMO(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	hello := "\x81\x3c\x0e\x68\x48\xc3\x34\x55" + strings.Repeat("\x5a", 192)
	relayed := "\x00\x09\x03\x21\x9a\x02\x00\x00\x00\x00\x00"
	question, answer := "\x09\x02\xe8\x9a\x02\x00\x00\x00\x00\x00", "\x09\x03\xe8\x9a\x02\x00\x00\x00\x00\x00"
	voice := "\x6a\x0d\x00\x00\x9a\x1b\x39\xd6" + strings.Repeat("\x5a", 99)
	checkConversations(t, []conversation{
		{"messages and a ping by the relay", udp, 36535, []msg{client(hello), client("\x82\x47\x0d\x00\x00" + hello[5:]), server(relayed)}, "IMO"},
		{"pings between the phones", udp, 57604, []msg{client("\x07"), server("\x76"), server(voice), client(question), server(answer)}, "IMO"},
		{"one ping", udp, 57604, []msg{client(question)}, "Unknown"},
		{"ping of another kind", udp, 57604, []msg{client("\x09\x04" + question[2:]), server("\x09\x04" + answer[2:])}, "Unknown"},
		{"relay's ping of 50 days", udp, 36535, []msg{server(relayed[:10] + "\x01")}, "Unknown"},
	})
}
