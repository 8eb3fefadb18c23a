package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestBJNP(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"discovery of printers", udp, 8611, []msg{client("BJNP\x01\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00")}, "BJNP"},
		{"a scanner's answer", udp, 8612, []msg{
			server("BJNP\x82\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x10\x00\x01\x08\x00\x06\x04\x00\x1e\x8f\x01\x02\x03\xc0\x00\x02\x09"),
		}, "BJNP"},
		{"the magic of other devices", udp, 8612, []msg{client("BNJB\x02\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00")}, "BJNP"},
		{"a scan over TCP", tcp, 8612, []msg{client("BJNP\x02\x20\x00\x00\x00\x02\x00\x01\x00\x00\x00\x08\x00\x00\x00\x00"), client("\x00\x00\x00\x00")}, "BJNP"},
		{"another word over TCP", tcp, 8612, []msg{client("BJNX\x02\x20\x00\x00\x00\x02\x00\x01\x00\x00\x00\x08")}, "Unknown"},
		{"payload longer than the datagram", udp, 8611, []msg{client("BJNP\x01\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x10")}, "Unknown"},
		{"unknown device", udp, 8611, []msg{client("BJNP\x41\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00")}, "Unknown"},
	})
}
