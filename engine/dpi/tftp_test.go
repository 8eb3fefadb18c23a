package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestTFTP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"read request", udp, 69, []msg{client("\x00\x01boot.img\x00octet\x00")}, "TFTP"},
		{"write request with an option", udp, 69, []msg{client("\x00\x02r1-confg\x00NETASCII\x00tsize\x000\x00")}, "TFTP"},
		{"error", udp, 40000, []msg{server("\x00\x05\x00\x01File not found\x00")}, "TFTP"},
		{"option acknowledgement", udp, 40000, []msg{server("\x00\x06blksize\x001428\x00")}, "TFTP"},
		{"blocks and their acknowledgements", udp, 40000, []msg{
			server("\x00\x03\x00\x01data"), client("\x00\x04\x00\x01"), server("\x00\x03\x00\x02more")}, "TFTP"},
		{"a block sent again", udp, 40000, []msg{
			client("\x00\x04\x00\x00"), server("\x00\x03\x00\x01data"), server("\x00\x03\x00\x01data"), client("\x00\x04\x00\x01")}, "TFTP"},
		{"unknown mode", udp, 40000, []msg{client("\x00\x01boot.img\x00binary\x00")}, "Unknown"},
		{"error without a text", udp, 40000, []msg{client("\x00\x05\x00\x00")}, "Unknown"},
		{"blocks of one side only", udp, 40000, []msg{server("\x00\x03\x00\x01data"), server("\x00\x03\x00\x02data")}, "Unknown"},
	})
}
