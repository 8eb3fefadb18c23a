package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSyslog(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"RFC 3164", udp, 514, []msg{client("<34>Oct 11 22:14:15 mymachine su: 'su root' failed")}, "Syslog"},
		{"RFC 5424 on another port", udp, 40000, []msg{client("<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - x")}, "Syslog"},
		{"octet counting", tcp, 601, []msg{client("48 <34>Oct 11 22:14:15 mymachine su: 'su root' failed")}, "Syslog"},
		{"priority too large", udp, 40000, []msg{client("<192>Oct 11 22:14:15 mymachine su: x")}, "Unknown"},
		{"no priority", udp, 40000, []msg{client("<>Oct 11 22:14:15 mymachine su: x")}, "Unknown"},
		{"markup", udp, 40000, []msg{client("<12>lowercase text of something else")}, "Unknown"},
	})
}
