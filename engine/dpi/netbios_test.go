package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// netbiosOf encodes a name of up to 15 letters and its service (RFC 1001, section 14.1).
func netbiosOf(name string, service byte) string {
	var b strings.Builder
	b.WriteByte(32)
	for _, c := range []byte(name + strings.Repeat(" ", 15-len(name)) + string(service)) {
		b.WriteByte('A' + c>>4)
		b.WriteByte('A' + c&15)
	}
	return b.String() + "\x00"
}

func netbiosQueryOf(name string) string {
	return "\x80\x01\x01\x10\x00\x01\x00\x00\x00\x00\x00\x00" + name + "\x00\x20\x00\x01"
}

// netbiosDatagramOf has type, flags, id, the sender's address and port, length, offset,
// both names.
func netbiosDatagramOf(from, to string) string {
	return "\x11\x02\x80\x0a\xc0\x00\x02\x01\x00\x8a\x00\xbb\x00\x00" + from + to
}

func netbiosSessionOf(to, from string) string { return "\x81\x00\x00\x44" + to + from }

func TestNetBIOS(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	files, alice, group := netbiosOf("FILES", ' '), netbiosOf("ALICE-PC", 0), netbiosOf("WORKGROUP", 0x1d)
	query, announce, session := netbiosQueryOf(files), netbiosDatagramOf(alice, group), netbiosSessionOf(files, alice)
	answer := "\x80\x01\x85\x00\x00\x00\x00\x01\x00\x00\x00\x00" + files + "\x00\x20\x00\x01\x00\x04\x93\xe0\x00\x06\x00\x00\xc0\x00\x02\x02"
	browser := announce + "\xffSMB\x25" + strings.Repeat("\x00", 27) + "\x11\x00\x00\x21"
	checkConversations(t, []conversation{
		{"name query and answer", udp, 137, []msg{client(query), server(answer)}, "NetBIOS"},
		{"announcement of a browser", udp, 138, []msg{client(browser)}, "NetBIOS.SMBv1"},
		{"datagram without SMB", udp, 138, []msg{client(announce + "hello")}, "NetBIOS"},
		{"session and its acceptance", tcp, 139, []msg{client(session), server("\x82\x00\x00\x00")}, "NetBIOS"},
		{"refused session", tcp, 139, []msg{server("\x83\x00\x00\x01\x82")}, "NetBIOS"},
		{"session in two segments", tcp, 139, []msg{client(session[:20]), client(session[20:])}, "NetBIOS"},
		{"name of other letters", udp, 137, []msg{client(strings.Replace(query, files[1:5], "QQQQ", 1))}, "Unknown"},
		{"name query on another port", udp, 40000, []msg{client(query)}, "DNS"},
		{"unassigned type of datagram", udp, 138, []msg{client("\x20" + browser[1:])}, "Unknown"},
		{"session for a short name", tcp, 139, []msg{client("\x81\x00\x00\x10" + session[4:20])}, "Unknown"},
	})
}

func TestNetBIOSNames(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	files, alice := netbiosOf("FILES", ' '), netbiosOf("ALICE-PC", 0)
	for _, c := range []struct {
		proto uint8
		port  uint16
		data  string
		want  string
	}{
		{packet.ProtoUDP, 137, netbiosQueryOf(files), "files"},
		{packet.ProtoUDP, 138, netbiosDatagramOf(alice, files), "alice-pc"},
		{packet.ProtoTCP, 139, netbiosSessionOf(files, alice), "files"},
	} {
		_, r := talk(t, reg, c.proto, c.port, client(c.data))
		require.NotNil(t, r.Info)
		assert.Equal(t, c.want, r.Info.ServerName)
	}
}
