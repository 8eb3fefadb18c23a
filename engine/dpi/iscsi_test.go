package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestISCSI(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	keys := "InitiatorName=iqn.2024-01.example:a\x00SessionType=Normal\x00AuthMethod=None\x00"
	head := func(first, size string) string {
		return first + "\x87\x00\x00\x00\x00\x00" + size + strings.Repeat("\x00", 40)
	}
	request := head("\x43", string([]byte{byte(len(keys))}))
	granted := "TargetPortalGroupTag=1\x00AuthMethod=None\x00"
	answer := head("\x23", string([]byte{byte(len(granted))})) + granted
	checkConversations(t, []conversation{
		{"login and answer", tcp, 3260, []msg{client(request + keys), server(answer)}, "iSCSI"},
		{"header and keys in two segments", tcp, 40000, []msg{client(request), client(keys)}, "iSCSI"},
		{"answer alone", tcp, 40000, []msg{server(answer)}, "iSCSI"},
		{"login without keys", tcp, 3260, []msg{client(head("\x43", "\x00"))}, "Unknown"},
		{"other text", tcp, 40000, []msg{client(request + strings.Repeat("Name=x\x00", 16))}, "Unknown"},
		{"another operation", tcp, 40000, []msg{client("\x01" + request[1:] + keys)}, "Unknown"},
	})
}
