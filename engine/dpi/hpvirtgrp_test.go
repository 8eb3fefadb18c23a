package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestHPVirtGrp(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the first packet of a client", tcp, 5223, []msg{client("\x16\x00\x0c\x00\x01\x02\x03\x04\x05\x06\x07\x08")}, "HP_VIRTGRP"},
		{"a length that does not fit", tcp, 5223, []msg{client("\x16\x00\r\x00\x01\x02\x03\x04\x05\x06\x07\x08")}, "Unknown"},
	})
}
