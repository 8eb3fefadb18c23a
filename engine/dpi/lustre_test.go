package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestLustre(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	const one, two, process = "\x01\x02\x00\xc0\x00\x00\x02\x00", "\x02\x02\x00\xc0\x00\x00\x02\x00", "\x39\x30\x00\x00"
	request := "\x00\x71\xce\xac\x01\x00\x00\x00" + two
	hello := "\x63\x69\x72\x45\x03\x00\x00\x00" + one + two + process + strings.Repeat("\x5a", 28)
	message := "\xc1\x00\x00\x00" + strings.Repeat("\x00", 20) + two + one + process + process + "\x01\x00\x00\x00" + strings.Repeat("\x5a", 60)
	checkConversations(t, []conversation{
		{"connection request and hello", tcp, 988, []msg{client(request), client(hello), server(hello)}, "Lustre"},
		{"connection request of a big-endian node", tcp, 40000, []msg{client("\xac\xce\x71\x00\x00\x00\x00\x01\xc0\x00\x02\x02\x00\x02\x00\x00")}, "Lustre"},
		{"hello alone", tcp, 40000, []msg{client(hello)}, "Lustre"},
		{"connection under way", tcp, 988, []msg{client(message)}, "Lustre"},
		{"message on another port", tcp, 40000, []msg{client(message)}, "Unknown"},
		{"message between other networks", tcp, 988, []msg{client(strings.Replace(message, two, "\x02\x02\x00\xc0\x00\x00\x05\x00", 1))}, "Unknown"},
		{"another magic", tcp, 988, []msg{client("\x00\x71\xce\xad" + request[4:])}, "Unknown"},
		{"hello of version 1", tcp, 40000, []msg{client("\xed\x0d\xbc\xee\x01\x00\x00\x00\x01\x00\x00\x0a\x00\x00\x02\x00")}, "Lustre"},
		{"hello of version 1 of a big-endian node", tcp, 40000, []msg{client("\xee\xbc\x0d\xed\x00\x00\x00\x01\x0a\x00\x00\x01\x00\x02\x00\x00")}, "Lustre"},
	})
}
