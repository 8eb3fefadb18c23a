package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

const (
	torrentPeer = "-EX0100-0123456789ab"
	torrentHash = "\x8d\x31\x0e\x59\x02\x0e\xa4\x77\x63\x5c\x90\x1b\x44\x02\x6f\x3b\x55\x66\x77\x88"
	torrentHex  = "8d310e59020ea477635c901b44026f3b55667788"
)

func TestBitTorrent(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	handshake := bittorrentHandshake + "\x00\x00\x00\x00\x00\x10\x00\x05" + torrentHash + torrentPeer
	ping := "d1:ad2:id20:" + torrentPeer + "e1:q4:ping1:t2:aa1:y1:qe"
	pong := "d1:rd2:id20:" + torrentPeer + "e1:t2:aa1:y1:re"
	search := "BT-SEARCH * HTTP/1.1\r\nHost: 239.192.152.143:6771\r\nPort: 51413\r\nInfohash: " + torrentHex + "\r\n\r\n\r\n"
	connect := "\x00\x00\x04\x17\x27\x10\x19\x80\x00\x00\x00\x00\x11\x22\x33\x44"
	checkConversations(t, []conversation{
		{"handshakes of peers", tcp, 51413, []msg{client(handshake), server(handshake)}, "BitTorrent"},
		{"handshake on another port", tcp, 40000, []msg{client(handshake)}, "BitTorrent"},
		{"DHT ping and answer", udp, 6881, []msg{client(ping), server(pong)}, "BitTorrent"},
		{"DHT answer with the asker's address first", udp, 40000, []msg{server("d2:ip6:\xc0\x00\x02\x01\xc3\x501:rd2:id20:" + torrentPeer + "e1:t2:aa1:y1:re")}, "BitTorrent"},
		{"DHT error", udp, 40000, []msg{server("d1:eli201e23:A Generic Error Ocurrede1:t2:aa1:y1:ee")}, "BitTorrent"},
		{"local discovery", udp, 6771, []msg{client(search)}, "BitTorrent"},
		{"tracker's connection", udp, 40000, []msg{client(connect)}, "BitTorrent"},
		{"another handshake", tcp, 40000, []msg{client("\x13BitTorment protocol" + handshake[20:])}, "Unknown"},
		{"another dictionary", udp, 40000, []msg{client("d3:bar4:spam3:fooi42ee")}, "Unknown"},
		{"tracker's announcement without a connection", udp, 40000, []msg{client(connect[:11] + "\x01" + connect[12:])}, "Unknown"},
	})
}

func TestBitTorrentHash(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	get := "d1:ad2:id20:" + torrentPeer + "9:info_hash20:" + torrentHash + "e1:q9:get_peers1:t2:aa1:y1:qe"
	for name, r := range map[string]*Result{
		"handshake in three segments": second(talk(t, reg, packet.ProtoTCP, 6881, client(bittorrentHandshake[:9]), client(bittorrentHandshake[9:]+"\x00\x00\x00"), client("\x00\x00\x10\x00\x05"+torrentHash))),
		"query for peers":             second(talk(t, reg, packet.ProtoUDP, 6881, client(get))),
	} {
		require.NotNil(t, r.Info, name)
		assert.Equal(t, torrentHex, r.Info.BitTorrentHash, name)
	}
}

func second(_ string, r *Result) *Result { return r }
