package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestC1222(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a read request over TCP", tcp, 1153, []msg{client("`%\xa2\x05\x80\x03+\x01\x02\xa6\x06\x80\x04+\x01\x02\x03\xa8\x03\x02\x01\x05\xbe\x0e(\x0c\x81\n\x80\x010\x00\x050\x00\x01\x00\x00")}, "ANSI_C1222"},
		{"the same over UDP", udp, 1153, []msg{client("`\x11\xa6\x06\x80\x04+\x01\x02\x03\xa8\x03\x02\x01\x05\xbe\x02(\x00")}, "ANSI_C1222"},
		{"another application PDU of ASN.1", tcp, 1153, []msg{client("`\x11\x02\x01\x03\x04\x0csecret words")}, "Unknown"},
		{"on another port", udp, 40000, []msg{client("`\x11\xa6\x06\x80\x04+\x01\x02\x03\xa8\x03\x02\x01\x05\xbe\x02(\x00")}, "Unknown"},
	})
}
