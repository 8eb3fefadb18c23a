package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestTeamSpeak(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	// Packet id, client id, type; the client's version, step 0, time, random bytes.
	start := "TS3INIT1\x00\x65\x00\x00\x88\x0d\xd0\x57\x66\x00\x5f\x59\x16\xe0\xad\xe7\x6b\x61" + strings.Repeat("\x00", 8)
	cookie := "TS3INIT1\x00\x65\x88\x01" + strings.Repeat("\x5a", 16) + "\x61\x6b\xe7\xad"
	login := "\xf4\xbe\x03\x00" + strings.Repeat("\x00", 8) + "\x01\x00\x00\x00\x5a\x5a\x5a\x5a\x09TeamSpeak" + strings.Repeat("\x00", 146)
	query, licence := "\x01\x80\x84\x01", "\x01\x80\x84\x01\x7c\x65\xd9\xa7"
	checkConversations(t, []conversation{
		{"initialisation of version 3", udp, 9987, []msg{client(start), server(cookie)}, "TeamSpeak"},
		{"server's cookie", udp, 40000, []msg{server(cookie)}, "TeamSpeak"},
		{"login of version 2", udp, 8767, []msg{client(login), server("\xf4\xbe\x04\x00" + login[4:])}, "TeamSpeak"},
		{"license query and answer", udp, 2010, []msg{client(query), server(licence)}, "TeamSpeak"},
		{"license query without an answer", udp, 2010, []msg{client(query), client(query)}, "Unknown"},
		{"another initialisation", udp, 9987, []msg{client("TS4" + start[3:])}, "Unknown"},
		{"another class", udp, 8767, []msg{client("\xf4\xbe\x09\x00" + login[4:])}, "Unknown"},
	})
}
