package capture

import (
	"bytes"
	"errors"
	"testing"

	"github.com/gopacket/gopacket/pcapgo"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestWriterRoundTrip(t *testing.T) {
	t.Parallel()
	want := made(300)
	for i := range want {
		want[i].Time++ // nanoseconds survive
	}
	var out bytes.Buffer
	w := NewWriter(&out, packet.LinkEthernet)
	for _, f := range want {
		require.NoError(t, w.WriteFrame(f))
	}
	got, src := parseBytes(t, out.Bytes())
	equalFrames(t, want, got)
	require.Nil(t, src.Damage())

	oracle, err := pcapgo.NewReader(&out)
	require.NoError(t, err)
	data, ci, err := oracle.ReadPacketData()
	require.NoError(t, err)
	require.True(t, bytes.Equal(want[0].Data, data))
	require.Equal(t, want[0].Time, ci.Timestamp.UnixNano())
}

func TestWriterWithoutFrames(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w := NewWriter(&out, packet.LinkRaw)
	require.NoError(t, w.WriteHeader())
	require.NoError(t, w.WriteHeader())
	got, src := parseBytes(t, out.Bytes())
	require.Empty(t, got)
	require.Equal(t, packet.LinkRaw, src.Interfaces()[0].Link)
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestWriterRejects(t *testing.T) {
	t.Parallel()
	for want, f := range map[string]Frame{
		"link type RAW":       {Link: packet.LinkRaw},
		"1970 to 2106":        {Link: 1, Time: -1},
		"times from 1970":     {Link: 1, Time: 1 << 32 * 1e9},
		"frame of 262145":     {Link: 1, Data: make([]byte, maxSnapLen+1)},
		"header: no space":    {Link: 1},
		"cannot write the pc": {Link: 1, Time: 5},
	} {
		require.ErrorContains(t, NewWriter(broken{}, packet.LinkEthernet).WriteFrame(f), want)
	}
}
