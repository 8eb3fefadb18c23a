package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestXiaomi(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a device is greeted", udp, 54321, []msg{client("!1\x00 " + strings.Repeat("\xff", 28))}, "Xiaomi"},
		{"the push connection", tcp, 5222, []msg{client("\xc2\xfe\x00\x05\x00\x00\x00X\x08\x00\x12\x04\xfcC\xfe]\x04\x9bMx\xa7\xa3\xeb\xb9(e\xc8Q~\xd0!\x11\xf6\xa6R\xda5$\x87+j1\xd7\xff\xe4XwD\xd5\xebx>")}, "Xiaomi"},
		{"a length that does not fit", udp, 54321, []msg{client("!1\x00$" + strings.Repeat("\xff", 28))}, "Unknown"},
	})
}
