package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestGit(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	fetch := "0036git-upload-pack /example.git\x00host=git.example.com\x00"
	refs := "004995dcfa3633004da0049d3d0fa03f80589cbcaf31 refs/heads/main\x00multi_ack ofs-delta\n0000"
	checkConversations(t, []conversation{
		{"fetch and references", tcp, 9418, []msg{client(fetch), server(refs)}, "Git"},
		{"push", tcp, 40000, []msg{client("0032git-receive-pack /example.git\x00host=example.com\x00")}, "Git"},
		{"archive", tcp, 40000, []msg{client("0031git-upload-archive /a.git\x00host=example.com\x00")}, "Git"},
		{"references alone, on the port", tcp, 9418, []msg{server(refs)}, "Git"},
		{"references on another port", tcp, 40000, []msg{server(refs)}, "Unknown"},
		{"no length in front", tcp, 9418, []msg{client("git-upload-pack /example.git\x00")}, "Unknown"},
		{"another service", tcp, 40000, []msg{client("0036git-upload-tree /example.git\x00host=git.example.com\x00")}, "Unknown"},
	})
}
