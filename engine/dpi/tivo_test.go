package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

const tivoBeacon = "TiVoConnect=1\nswversion=9.3-01-2-649\nmethod=broadcast\nidentity=6520001802C12C8\nmachine=Living Room\nplatform=tcd/Series3\nservices=TiVoMediaServer:80/http\n"

func TestTiVoConnect(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	framed := "\x00\x00\x00" + string([]byte{byte(len(tivoBeacon))}) + tivoBeacon
	checkConversations(t, []conversation{
		{"broadcast", udp, 2190, []msg{client(tivoBeacon)}, "TiVoConnect"},
		{"broadcast without a name", udp, 2190, []msg{client("TiVoConnect=1\nmethod=broadcast\nidentity=6520001802C12C8\n")}, "TiVoConnect"},
		{"connection between machines", tcp, 2190, []msg{client(framed), server(framed)}, "TiVoConnect"},
		{"length and lines in two segments", tcp, 40000, []msg{client(framed[:4]), client(framed[4:])}, "TiVoConnect"},
		{"another vendor", udp, 2190, []msg{client("TeVoConnect=1\nmachine=x\n")}, "Unknown"},
	})
	for name, msgs := range map[string][]msg{"datagram": {client(tivoBeacon)}, "stream": {client(framed[:100]), client(framed[100:120]), client(framed[120:])}} {
		proto := udp
		if name == "stream" {
			proto = tcp
		}
		_, r := talk(t, newTestRegistry(t, ""), proto, 2190, msgs...)
		require.NotNil(t, r.Info, name)
		assert.Equal(t, "living room", r.Info.ServerName, name)
	}
}
