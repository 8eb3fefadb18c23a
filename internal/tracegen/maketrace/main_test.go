package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/gopacket/gopacket/pcapgo"
	"github.com/stretchr/testify/require"
)

func TestList(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, run([]string{"-list"}, &out, &out))
	require.Contains(t, out.String(), "office")
	require.Contains(t, out.String(), "flood")
}

func TestPcapOnStandardOutput(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	require.NoError(t, run([]string{"-scenario", "flood", "-n", "10", "-rounds", "2", "-o", "-"}, &out, &errs))
	require.Empty(t, errs.String())
	r, err := pcapgo.NewReader(&out)
	require.NoError(t, err)
	n := 0
	for {
		if _, _, err := r.ReadPacketData(); err != nil {
			break
		}
		n++
	}
	require.Equal(t, 20, n)
}

func TestPcapngFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.pcapng")
	require.NoError(t, run([]string{"-scenario", "tunnels", "-o", path}, &bytes.Buffer{}, &bytes.Buffer{}))
	file, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, []byte{0x0a, 0x0d, 0x0d, 0x0a}, file[:4])
}

func TestMistakesAreExplained(t *testing.T) {
	t.Parallel()
	require.ErrorContains(t, run([]string{"-scenario", "nope"}, &bytes.Buffer{}, &bytes.Buffer{}), "see -list")
	require.Error(t, run([]string{"-n", "many"}, &bytes.Buffer{}, &bytes.Buffer{}))
	require.ErrorContains(t, run([]string{"-o", "/does/not/exist.pcap", "-scenario", "tunnels"}, &bytes.Buffer{}, &bytes.Buffer{}), "cannot write")
}
