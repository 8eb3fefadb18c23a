package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMinecraft(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a client asks for the status", tcp, 25565, []msg{client("\x17\x00\xfd\x05\x10play.example.netc\xdd\x01\x01\x00")}, "Minecraft"},
		{"a log-in on another port", tcp, 40000, []msg{client("\x17\x00\xfd\x05\x10play.example.net\x9c@\x02")}, "Minecraft"},
		{"a version of the client that is not known", tcp, 40000, []msg{client("\x1a\x00\xff\xff\xff\xff\x0f\x10play.example.netc\xdd\x01")}, "Minecraft"},
		{"a modified client", tcp, 40000, []msg{client("\x1c\x00\xd4\x02\x15play.example.net\x00FML\x00c\xdd\x02")}, "Minecraft"},
		{"a handshake in pieces", tcp, 40000, []msg{client("\x17\x00\xfd\x05\x10play"), client(".example.netc\xdd\x01")}, "Minecraft"},
		{"an old client pings", tcp, 25565, []msg{client("\xfe\x01")}, "Minecraft"},
		{"a client of version 1.6 pings", tcp, 40000, []msg{client("\xfe\x01\xfa\x00\x0b\x00M\x00C\x00|\x00P\x00i\x00n\x00g\x00H\x00o\x00s\x00t\x00\x19N\x00\x09")}, "Minecraft"},
		{"a world open to the network", udp, 4445, []msg{client("[MOTD]Steve - New World[/MOTD][AD]54321[/AD]")}, "Minecraft"},
		{"the old ping on another port", tcp, 40000, []msg{client("\xfe\x01")}, "Unknown"},
		{"a host longer than the message", tcp, 40000, []msg{client("\x17\x00\xfd\x05\x20play.example.netc\xdd\x01")}, "Unknown"},
		{"a next state that does not exist", tcp, 40000, []msg{client("\x17\x00\xfd\x05\x10play.example.net\x9c@\x07")}, "Unknown"},
		{"a size that does not end with the next state", tcp, 25565, []msg{client("\x20\x00\x00\x01a\x63\xdd\x01abcdefghijklmnopqrstuvwxy")}, "Unknown"},
	})
}
