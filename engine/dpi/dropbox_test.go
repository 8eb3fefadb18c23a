package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDropbox(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	announcement := `{"version": [2, 0], "port": 17500, "host_int": 326692855351, "displayname": "", "namespaces": [1234, 5678]}`
	checkConversations(t, []conversation{
		{"announcement", udp, 17500, []msg{client(announcement)}, "Dropbox"},
		{"something else to the port", udp, 17500, []msg{client("\x64\x44\x1d\xa7\x90\x79\x88\x8b/r/Bu")}, "Dropbox"},
		{"announcement to another port", udp, 40000, []msg{client(announcement)}, "Unknown"},
		{"too short", udp, 17500, []msg{client("\x64\x44\x1d\xa7")}, "Unknown"},
	})
}

// A client that happens to have the port sends something, or announces itself.
func TestDropboxFromItsPort(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]Verdict{`{"host_int": 326692855351, "port": 17500}`: Yes, `{"port": 17500, "id": 1}`: No} {
		f := &Flow{CliPort: 17500, SrvPort: 40000, Payload: []byte(data)}
		if got := dissectDropbox(f); got != want {
			t.Errorf("%s: verdict %d, want %d", data, got, want)
		}
	}
}
