package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestCeph(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	addrs := "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x1a\x85\xc0\x00\x02\x02" + strings.Repeat("\x00", 120)
	second := "ceph v2\n\x10\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	checkConversations(t, []conversation{
		{"banners of version 1", tcp, 6789, []msg{server("ceph v027" + addrs), client("ceph v027" + addrs)}, "Ceph"},
		{"banners of version 2", tcp, 3300, []msg{client(second), server(second)}, "Ceph"},
		{"another port", tcp, 40000, []msg{server(second)}, "Ceph"},
		{"another banner", tcp, 6789, []msg{server("ceph-mon 18.2\n")}, "Unknown"},
	})
}
