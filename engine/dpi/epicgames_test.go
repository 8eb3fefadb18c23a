package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestEpicGames(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a stateless handshake", udp, 9010, []msg{client("\x10 0\x01\x11\"3D\x80" + strings.Repeat("\x00", 31) + "\x7f\x01\x02\x03")}, "EpicGames"},
		{"no zeros between header and cookie", udp, 9010, []msg{client("\x10 0\x01\x11\"3D\x80\x11\x92\xa3\x11\x92\xa3\x11\x92\xa3\x11\x92\xa3\x11\x92\xa3\x11\x92\xa3\x11\x92\xa3\x11\x92\xa3\x11\x92\xa3\x11\x92\xa3\x01\x7f\x01\x02\x03")}, "Unknown"},
		{"to another port", udp, 40000, []msg{client("\x10 0\x01\x11\"3D\x80" + strings.Repeat("\x00", 31) + "\x7f\x01\x02\x03")}, "Unknown"},
	})
}
