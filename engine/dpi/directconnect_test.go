package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDirectConnect(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	lock := "$Lock EXTENDEDPROTOCOLABCABCABCABCABCABC Pk=DCPLUSPLUS0.868ABCABC|"
	checkConversations(t, []conversation{
		{"hub's lock and the key to it", tcp, 411, []msg{server(lock), client("$Supports UserCommand NoGetINFO|$Key \x14\xd1\xc0\x11|$ValidateNick alice|")}, "DirectConnect"},
		{"clients among themselves", tcp, 40000, []msg{client("$MyNick alice|" + lock), server("$MyNick bob|" + lock)}, "DirectConnect"},
		{"ADC client and hub", tcp, 40000, []msg{client("HSUP ADBASE ADTIGR\n"), server("ISUP ADBASE ADTIGR\nISID AAAB\n")}, "DirectConnect"},
		{"ADC clients among themselves", tcp, 40000, []msg{client("CSUP ADBASE ADTIGR ADBZIP\n")}, "DirectConnect"},
		{"a file was found", udp, 40000, []msg{client("$SR alice music\\song.mp3\x054711 1/3\x05Hub (192.0.2.2:411)|")}, "DirectConnect"},
		{"a file was found nowhere", udp, 40000, []msg{client("$SR alice music\\song.mp3 4711 1/3 Hub (192.0.2.2:411)|")}, "Unknown"},
		{"another command", tcp, 411, []msg{server("$Locked out|")}, "Unknown"},
		{"ADC features removed", tcp, 40000, []msg{client("HSUP RMTIGR\n")}, "Unknown"},
	})
}
