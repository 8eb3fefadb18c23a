package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestNFS(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	// Transaction, call, version 2, program, its version, procedure, two empty credentials.
	call := func(program, version string) string {
		return "\x11\x22\x33\x44\x00\x00\x00\x00\x00\x00\x00\x02" + program + version + "\x00\x00\x00\x00" + strings.Repeat("\x00", 16)
	}
	nfs, mount := call("\x00\x01\x86\xa3", "\x00\x00\x00\x03"), call("\x00\x01\x86\xa5", "\x00\x00\x00\x03")
	answer := "\x11\x22\x33\x44\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	const callMark, answerMark = "\x80\x00\x00\x28", "\x80\x00\x00\x18"
	checkConversations(t, []conversation{
		{"null call and answer", udp, 2049, []msg{client(nfs), server(answer)}, "NFS"},
		{"mount on another port", udp, 40000, []msg{client(mount)}, "NFS"},
		{"answer alone", udp, 2049, []msg{server(answer)}, "NFS"},
		{"over TCP", tcp, 2049, []msg{client(callMark + nfs), server(answerMark + answer)}, "NFS"},
		{"over TCP in two segments", tcp, 40000, []msg{client(callMark + nfs[:10]), client(nfs[10:])}, "NFS"},
		{"answer over TCP", tcp, 2049, []msg{server(answerMark + answer)}, "NFS"},
		{"another program", udp, 40000, []msg{client(call("\x00\x01\x87\x88", "\x00\x00\x00\x01"))}, "Unknown"},
		{"answer of any program", udp, 40000, []msg{server(answer)}, "Unknown"},
		{"record too short", tcp, 40000, []msg{client("\x80\x00\x00\x10" + nfs)}, "Unknown"},
		{"version 1 of RPC", udp, 40000, []msg{client(strings.Replace(nfs, "\x00\x00\x00\x02", "\x00\x00\x00\x01", 1))}, "Unknown"},
	})
}
