package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSSDP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a search, to all", udp, 1900, []msg{client("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: ssdp:all\r\n\r\n")}, "SSDP"},
		{"a device is there, on another port", udp, 40000, []msg{client("NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNTS: ssdp:alive\r\n\r\n")}, "SSDP"},
		{"WS-Discovery", udp, 3702, []msg{client("<?xml version=\"1.0\"?><soap:Envelope><soap:Body><wsd:Probe/></soap:Body></soap:Envelope>")}, "WSD"},
		{"another request over UDP", udp, 1900, []msg{client("M-SEARCH / HTTP/1.1\r\nHOST: x\r\n\r\n")}, "Unknown"},
	})
}
