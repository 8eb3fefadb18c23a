package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestHAProxy(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	binary := "\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c\xc0\x00\x02\x01\xc0\x00\x02\x02\xc3\x50\x01\xbb"
	request := "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n"
	checkConversations(t, []conversation{
		{"version 1", tcp, 80, []msg{client("PROXY TCP4 192.0.2.1 192.0.2.2 50000 443\r\n" + request)}, "HAProxy"},
		{"version 1 over IPv6", tcp, 40000, []msg{client("PROXY TCP6 2001:db8::1 2001:db8::2 50000 443\r\n")}, "HAProxy"},
		{"version 1 without addresses", tcp, 40000, []msg{client("PROXY UNKNOWN\r\n")}, "HAProxy"},
		{"version 2", tcp, 40000, []msg{client(binary)}, "HAProxy"},
		{"another family", tcp, 40000, []msg{client("PROXY UDP4 192.0.2.1 192.0.2.2 50000 443\r\n")}, "Unknown"},
		{"empty lines", tcp, 40000, []msg{client("\r\n\r\n\r\n\r\nQUIT\r\n")}, "Unknown"},
	})
}
