package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestGTP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"an echo request of the user plane", udp, 2152, []msg{client("2\x01\x00\x04\x00\x00\x00\x00\x00\x01\x00\x00")}, "GTP.GTP_U"},
		{"a session is created, version 2", udp, 2123, []msg{client("H \x00\r\x00\x00\x00\x00\x00\x00\x01\x00\x03\x00\x01\x00\x05")}, "GTP.GTP_C"},
		{"charging data are transferred", udp, 3386, []msg{client("\x0e\x01\x00\x04\x00\x01\x00\x00\x00\x00")}, "GTP.GTP_PRIME"},
		{"a message that the user plane does not have", udp, 2152, []msg{client("2c\x00\x04\x00\x00\x00\x00\x00\x01\x00\x00")}, "Unknown"},
		{"a context is created, version 1", udp, 2123, []msg{client("2\x10\x00\x05\x00\x00\x00\x00\x00\x01\x00\x00\x0f")}, "GTP.GTP_C"},
		{"an echo of version 0", udp, 2123, []msg{client("\x1e\x01\x00\x00\x00\x01\x00\x00\xff\xff\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00")}, "GTP.GTP_C"},
		{"two messages, version 2", udp, 2123, []msg{client("\x58 \x00\r\x00\x00\x00\x00\x00\x00\x01\x00\x03\x00\x01\x00\x05" + "H \x00\r\x00\x00\x00\x00\x00\x00\x01\x00\x03\x00\x01\x00\x05")}, "GTP.GTP_C"},
		{"the control plane of something else", udp, 2123, []msg{client("\x21\x01\x00\x04\x00\x00\x00\x00")}, "Unknown"},
		{"an echo request of charging on the user plane's port", udp, 2152, []msg{client("\x22\x01\x00\x04\x00\x00\x00\x00\x00\x01\x00\x00")}, "Unknown"},
		{"a length that does not fit", udp, 2123, []msg{client("H \x10\x00\x00\x00\x00\x00\x00\x00\x01\x00")}, "Unknown"},
	})
}
