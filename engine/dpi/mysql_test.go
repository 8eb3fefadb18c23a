package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMySQL(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the handshake of a server", tcp, 3306, []msg{server("J\x00\x00\x00\n8.0.36\x00\x08\x00\x00\x00\x124Vx\x1a+<M\x00\xff\xff\xff\x02\x00\xff\xdf\x15\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00abcdefghijkl\x00caching_sha2_password\x00")}, "MySQL"},
		{"a host that is not allowed", tcp, 3306, []msg{server("E\x00\x00\x00\xffj\x04Host is not allowed to connect to this server")}, "MySQL"},
		{"a version that begins with a letter", tcp, 3306, []msg{server("J\x00\x00\x00\nx.0.36\x00\x08\x00\x00\x00\x124Vx\x1a+<M\x00\xff\xff\xff\x02\x00\xff\xdf\x15\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00abcdefghijkl\x00caching_sha2_password\x00")}, "Unknown"},
		{"a log-in whose handshake was not seen", tcp, 3306, []msg{client("\x49\x00\x00\x01\x85\xa6\xff\x01\x00\x00\x00\x01\x2d" + strings.Repeat("\x00", 23) + "root\x00\x14abcdefghijklmnopqrstmysql_native_")}, "MySQL"},
		{"a wish for TLS", tcp, 3306, []msg{client("\x20\x00\x00\x01\x85\xae\xff\x01\x00\x00\x00\x01\x2d" + strings.Repeat("\x00", 23))}, "MySQL"},
		{"a packet 1 without a filler", tcp, 3306, []msg{client("\x20\x00\x00\x01\x85\xae\xff\x01\x00\x00\x00\x01\x2d" + strings.Repeat("a", 23))}, "Unknown"},
	})
}
