package tracegen_test

import (
	"bytes"
	"testing"

	"github.com/gopacket/gopacket/pcapgo"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/packet"
	"github.com/flowloom/flowloom/internal/tracegen"
)

func written(t *testing.T) []capture.Frame {
	t.Helper()
	tr := tracegen.New(start)
	tr.SnapLen = 60
	tr.Add(tracegen.TCP{Client: cli, Server: srv, Exchange: tracegen.Lines("C: hello, this is a long line", "S: world")})
	out, err := tr.Frames()
	require.NoError(t, err)
	return out
}

func TestPcapRoundTrip(t *testing.T) {
	t.Parallel()
	frames := written(t)
	var buf bytes.Buffer
	require.NoError(t, tracegen.WritePcap(&buf, frames))
	r, err := pcapgo.NewReader(&buf)
	require.NoError(t, err)
	for _, f := range frames {
		data, ci, err := r.ReadPacketData()
		require.NoError(t, err)
		require.Equal(t, f.Data, data)
		require.Equal(t, f.Time, ci.Timestamp.UnixNano())
		require.Equal(t, int(f.WireLen), ci.Length)
	}
}

func TestPcapngRoundTrip(t *testing.T) {
	t.Parallel()
	frames := written(t)
	for i := range frames {
		frames[i].Interface = uint16(i % 3)
	}
	var buf bytes.Buffer
	require.NoError(t, tracegen.WritePcapng(&buf, frames))
	r, err := pcapgo.NewNgReader(&buf, pcapgo.DefaultNgReaderOptions)
	require.NoError(t, err)
	for _, f := range frames {
		data, ci, err := r.ReadPacketData()
		require.NoError(t, err)
		require.Equal(t, f.Data, data)
		require.Equal(t, f.Time, ci.Timestamp.UnixNano())
		require.Equal(t, int(f.Interface), ci.InterfaceIndex)
	}
	require.Equal(t, 3, r.NInterfaces())
}

func TestWritersRefuse(t *testing.T) {
	t.Parallel()
	frames := written(t)
	frames[1].Link = packet.LinkRaw
	require.ErrorContains(t, tracegen.WritePcap(&bytes.Buffer{}, frames), "use pcapng")
	require.ErrorContains(t, tracegen.WritePcapng(&bytes.Buffer{}, nil), "without frames")
	require.NoError(t, tracegen.WritePcap(&bytes.Buffer{}, nil))
}
