package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRsync(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"greetings and a module", tcp, 873, []msg{
			server("@RSYNCD: 31.0 sha512 sha256 sha1 md5 md4\n"), client("@RSYNCD: 31.0 sha512 sha256 sha1 md5 md4\nbackup\n")}, "RSYNC"},
		{"client first", tcp, 40000, []msg{client("@RSYNCD: 30.0\n")}, "RSYNC"},
		{"error of a daemon", tcp, 873, []msg{server("@ERROR: max connections (4) reached\n")}, "Unknown"},
	})
}
