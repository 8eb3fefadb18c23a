package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestAJP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	// Forward request, GET; protocol, path, both ends, no header.
	forward := "\x12\x34\x00\x37\x02\x02\x00\x08HTTP/1.1\x00\x00\x01/\x00\x00\x09192.0.2.1\x00\xff\xff\x00\x0bexample.com\x00\x00\x50\x00\x00\x00\xff"
	headers := "AB\x00\x1b\x04\x00\xc8\x00\x02OK\x00\x00\x01\xa0\x01\x00\x09text/html\x00"
	checkConversations(t, []conversation{
		{"request and headers", tcp, 8009, []msg{client(forward), server(headers)}, "AJP"},
		{"question whether the container lives", tcp, 40000, []msg{client("\x12\x34\x00\x01\x0a"), server("AB\x00\x01\x09")}, "AJP"},
		{"answer alone", tcp, 40000, []msg{server("AB\x00\x02\x05\x01")}, "AJP"},
		{"unassigned code", tcp, 8009, []msg{client("\x12\x34\x00\x01\x14")}, "Unknown"},
		{"container's code from the web server", tcp, 8009, []msg{client("\x12\x34\x00\x01\x09")}, "Unknown"},
		{"text that begins with AB", tcp, 8009, []msg{client("ABBA" + strings.Repeat("CD", 8))}, "Unknown"},
	})
}
