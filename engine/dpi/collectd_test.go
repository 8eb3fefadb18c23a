package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestCollectd(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	text := func(kind byte, s string) string {
		return "\x00" + string([]byte{kind}) + "\x00" + string([]byte{byte(len(s) + 5)}) + s + "\x00"
	}
	number := func(kind byte) string {
		return "\x00" + string([]byte{kind}) + "\x00\x0c\x17\xc0\x00\x00\x00\x00\x00\x01"
	}
	measured := text(0, "web1") + number(8) + number(9) + text(2, "cpu")
	checkConversations(t, []conversation{
		{"a measurement of a host", udp, 25826, []msg{client("\x00\x00\x00\tweb1\x00\x00\x08\x00\x0c\x17\xc0\x00\x00\x00\x00\x00\x00\x00\t\x00\x0c\x00\x00\x00\x02\x80\x00\x00\x00\x00\x02\x00\x08cpu\x00\x00\x04\x00\x08cpu\x00\x00\x06\x00\x0f\x00\x01\x02\x00\x00\x00\x00\x00\x00\x00\x11")}, "Collectd"},
		{"the time comes first", udp, 40000, []msg{client(number(1) + number(7) + text(0, "web1"))}, "Collectd"},
		{"signed", udp, 25826, []msg{client("\x02\x00\x00\x29" + strings.Repeat("\xab", 32) + "alice" + measured)}, "Collectd"},
		{"encrypted", udp, 25826, []msg{client("\x02\x10\x00\x3f\x00\x05alice" + strings.Repeat("\xc7\x11", 26))}, "Collectd"},
		{"encrypted for nobody", udp, 25826, []msg{client("\x02\x10\x00\x3a\x00\x00" + strings.Repeat("\xc7\x11", 26))}, "Unknown"},
		{"a notification", udp, 25826, []msg{client(text(0, "web1") + number(1) + "\x01\x01\x00\x0c\x00\x00\x00\x00\x00\x00\x00\x02" + "\x01\x00\x00\x0edisk full\x00")}, "Collectd"},
		{"a time of another size", udp, 25826, []msg{client(text(0, "web1") + "\x00\x08\x00\x0a\x17\xc0\x00\x00\x00\x00" + text(2, "cpu"))}, "Unknown"},
		{"a host whose name has no end", udp, 25826, []msg{client("\x00\x00\x00\tweb1x\x00\x08\x00\x0c\x00\x00\x00\x00\x00\x00\x00\x01")}, "Unknown"},
		{"an unknown part behind the host", udp, 25826, []msg{client("\x00\x00\x00\tweb1\x00\x00w\x00\x0c\x00\x00\x00\x00\x00\x00\x00\x01")}, "Unknown"},
	})
}

func TestCollectdHost(t *testing.T) {
	t.Parallel()
	datagram := "\x00\x01\x00\x0c\x00\x00\x00\x00\x65\x00\x00\x00" + "\x00\x00\x00\x13www.google.com\x00" + "\x00\x02\x00\x08cpu\x00"
	name, r := talk(t, newTestRegistry(t, ""), packet.ProtoUDP, 25826, client(datagram))
	assert.Equal(t, "Collectd", name, "a host names itself, not an application")
	assert.Equal(t, "www.google.com", r.Info.ServerName)
}
