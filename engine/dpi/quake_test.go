package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestQuake(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a server is asked about its match", udp, 27960, []msg{client("\xff\xff\xff\xffgetstatus\n"), server("\xff\xff\xff\xffstatusResponse\n\\\\sv_hostname\\\\x\n")}, "Quake"},
		{"status of Quake 2", udp, 27910, []msg{client("\xff\xff\xff\xffstatus\n")}, "Quake"},
		{"information for a version of Quake 2", udp, 27910, []msg{client("\xff\xff\xff\xffinfo 34\n")}, "Quake"},
		{"the answer of Quake 2", udp, 27910, []msg{server("\xff\xff\xff\xffprint\n\\mapname\\q2dm1\\")}, "Quake"},
		{"the answer of QuakeWorld", udp, 27500, []msg{server("\xff\xff\xff\xffn\\maxfps\\77\\")}, "Quake"},
		{"information of Quake 4", udp, 28004, []msg{client("\xff\xffgetInfo\x00\x01\x02\x03\x04\x00")}, "Quake"},
		{"servers of Quake 4", udp, 27650, []msg{client("\xff\xffgetServers\x00\x28\x00\x02\x00\x00\x00\x00\x00")}, "Quake"},
		{"a connection to the first Quake", udp, 26000, []msg{client("\x80\x00\x00\x0c\x01QUAKE\x00\x03")}, "Quake"},
		{"the first Quake with another length", udp, 26000, []msg{client("\x80\x00\x00\x0d\x01QUAKE\x00\x03")}, "Unknown"},
		{"a challenge for a game", udp, 27960, []msg{client("\xff\xff\xff\xffgetchallenge -1234 Quake3Arena")}, "Quake"},
		{"a connection, compressed", udp, 27960, []msg{client("\xff\xff\xff\xffconnect \x01\x52\x88\x13\x2a")}, "Quake"},
		{"a challenge of Half-Life", udp, 27015, []msg{client("\xff\xff\xff\xffgetchallenge steam\n")}, "Unknown"},
		{"a connection of Half-Life", udp, 27015, []msg{client("\xff\xff\xff\xffconnect 48 1234 \"\\prot\\3\\unique\\-1\"\n")}, "Unknown"},
		{"information of Half-Life", udp, 27015, []msg{client("\xff\xff\xff\xffinfo details\n")}, "Unknown"},
		{"another command", udp, 27960, []msg{client("\xff\xff\xff\xffgetlost")}, "Unknown"},
	})
}
