package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSoulseek(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	// Lengths and texts: user, password, version, hash, minor version.
	login := "\x48\x00\x00\x00\x01\x00\x00\x00\x05\x00\x00\x00alice\x07\x00\x00\x00example\xa0\x00\x00\x00" +
		"\x20\x00\x00\x00" + "d51c9a7e9353746a6020f9602d452929" + "\x01\x00\x00\x00"
	welcome := "\x12\x00\x00\x00\x01\x00\x00\x00\x01\x09\x00\x00\x00" + "Welcome!!"
	peer := "\x13\x00\x00\x00\x01\x05\x00\x00\x00alice\x01\x00\x00\x00P\x00\x00\x00\x00"
	pierce := "\x05\x00\x00\x00\x00\x10\x32\x54\x76"
	checkConversations(t, []conversation{
		{"login", tcp, 2242, []msg{client(login), server(welcome)}, "Soulseek"},
		{"answer to a login", tcp, 2416, []msg{server(welcome)}, "Soulseek"},
		{"connection between peers", tcp, 2234, []msg{client(peer)}, "Soulseek"},
		{"answer to an invitation", tcp, 2234, []msg{client(pierce)}, "Soulseek"},
		{"login on another port", tcp, 40000, []msg{client(login)}, "Soulseek"},
		{"an old login on another port", tcp, 40000, []msg{client("\x20" + login[1:32] + "\xa0\x00\x00\x00")}, "Unknown"},
		{"connection between peers on another port", tcp, 40000, []msg{client(peer + "\x12\x34\x56\x78")}, "Soulseek"},
		{"answer to an invitation, then results", tcp, 40000, []msg{client(pierce), server("\x30\x00\x00\x00\x09\x00\x00\x00\x78\x9c" + strings.Repeat("\x5a", 42))}, "Soulseek"},
		{"answer to an invitation, then a question for files", tcp, 40000, []msg{client(pierce), server("\x04\x00\x00\x00\x04\x00\x00\x00")}, "Soulseek"},
		{"answer to an invitation alone, on another port", tcp, 40000, []msg{client(pierce)}, "Unknown"},
		{"a client waits for peers", tcp, 2240, []msg{client("\x08\x00\x00\x00\x02\x00\x00\x00\xba\x08\x00\x00")}, "Soulseek"},
		{"connection for an unknown purpose", tcp, 2234, []msg{client(peer[:18] + "X" + peer[19:])}, "Unknown"},
		{"login without a user", tcp, 2242, []msg{client("\x0d\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")}, "Unknown"},
		{"length and bytes", tcp, 2234, []msg{client("\x0c\x00\x00\x00\x63\x00\x00\x00\x05\x00\x00\x00\x11\x22\x33\x44")}, "Unknown"},
	})
}
