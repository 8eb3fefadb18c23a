package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDICOM(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"an association is asked for and accepted", tcp, 104, []msg{client("\x01\x00\x00\x00\x00J\x00\x01\x00\x00ARCHIVE         MODALITY        " + strings.Repeat("\x00", 32) + "\x10\x00\x00\x151."), server("\x02\x00\x00\x00\x00J\x00\x01\x00\x00ARCHIVE         MODALITY        " + strings.Repeat("\x00", 32) + "\x10\x00\x00\x151.")}, "DICOM"},
		{"the same on another port", tcp, 40000, []msg{client("\x01\x00\x00\x00\x00J\x00\x01\x00\x00ARCHIVE         MODALITY        " + strings.Repeat("\x00", 32) + "\x10\x00\x00\x151.")}, "DICOM"},
		{"an echo of an association under way", tcp, 40000, []msg{client("\x04\x00\x00\x00\x00\x4a\x00\x00\x00\x46\x01\x03\x00\x00\x00\x00\x04\x00\x00\x00")}, "DICOM"},
		{"a value that does not fill the data", tcp, 104, []msg{client("\x04\x00\x00\x00\x00\x4a\x00\x00\x00\x45\x01\x03\x00\x00\x00\x00\x04\x00\x00\x00")}, "Unknown"},
		{"an even context", tcp, 104, []msg{client("\x04\x00\x00\x00\x00\x4a\x00\x00\x00\x46\x02\x03\x00\x00\x00\x00\x04\x00\x00\x00")}, "Unknown"},
		{"titles that are no text", tcp, 104, []msg{client("\x01\x00\x00\x00\x00J\x00\x01\x00\x00\x01\x02\x03\x04\x05\x06\x07         MODALITY        " + strings.Repeat("\x00", 32) + "\x10\x00\x00\x151.")}, "Unknown"},
		{"an association refused before one was asked for", tcp, 40000, []msg{client("\x03\x00\x00\x00\x00J\x00\x01\x00\x00ARCHIVE         MODALITY        " + strings.Repeat("\x00", 32) + "\x10\x00\x00\x151.")}, "Unknown"},
	})
}
