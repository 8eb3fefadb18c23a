package libpcap

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/capture/filter"
	compiler "github.com/flowloom/flowloom/engine/capture/filter/libpcap"
	"github.com/flowloom/flowloom/engine/packet"
	"github.com/flowloom/flowloom/internal/netlab"
)

// TestMain runs the tests in a network namespace of their own.
func TestMain(m *testing.M) { os.Exit(netlab.Main(m)) }

var _ capture.Live = (*Source)(nil)

func start(t *testing.T, name string, cfg Config) *Source {
	t.Helper()
	s, err := Open(name, cfg)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// rest stops the source and returns copies of all frames until its end.
func rest(t *testing.T, s *Source) []capture.Frame {
	t.Helper()
	s.Stop()
	var all []capture.Frame
	for b := (capture.Batch{}); ; {
		err := s.Read(&b)
		for _, f := range b.Frames {
			f.Data = bytes.Clone(f.Data)
			all = append(all, f)
		}
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
	}
}

func TestFramesComeAsTheyWereSent(t *testing.T) {
	near, far := netlab.Pair(t)
	s, out := start(t, near, Config{}), netlab.NewSender(t, far)
	require.Contains(t, netlab.IP(t, "-details", "link", "show", near), "promiscuity 1")
	var sent [][]byte
	before := time.Now().Add(-time.Second).UnixNano()
	for n := range uint32(500) {
		f := netlab.Frame(n, 60+int(n)*2)
		if n%3 == 1 {
			f = netlab.Frame(n, 80, 0x81, 0x00, 0x20, 0x64)
		}
		out.Send(t, f)
		sent = append(sent, f)
	}
	got := rest(t, s)
	require.Len(t, got, len(sent))
	for i, f := range got {
		require.Equal(t, sent[i], f.Data, "frame %d", i)
		require.EqualValues(t, len(sent[i]), f.WireLen)
		require.Equal(t, packet.LinkEthernet, f.Link)
		require.Greater(t, f.Time, before)
	}
	require.Equal(t, []capture.Interface{{Name: near, Link: packet.LinkEthernet}}, s.Interfaces())
}

func TestSnapLenAndMode(t *testing.T) {
	near, far := netlab.Pair(t)
	s := start(t, near, Config{SnapLen: 96, Quiet: true})
	require.Contains(t, netlab.IP(t, "-details", "link", "show", near), "promiscuity 0")
	netlab.NewSender(t, far).Send(t, netlab.Frame(1, 1000))
	got := rest(t, s)
	require.Len(t, got, 1)
	require.Len(t, got[0].Data, 96)
	require.EqualValues(t, 1000, got[0].WireLen)
}

func TestWhatFindsNoRoomIsCounted(t *testing.T) {
	near, far := netlab.Pair(t)
	s, out := start(t, near, Config{Buffer: 1 << 20}), netlab.NewSender(t, far)
	const sent = 20000
	for n := range uint32(sent) {
		out.Send(t, netlab.Frame(n, 1500))
	}
	got := rest(t, s)
	dropped := s.Interfaces()[0].Dropped
	require.Positive(t, dropped)
	require.EqualValues(t, sent, uint64(len(got))+dropped)
}

func TestAny(t *testing.T) {
	near, _ := netlab.Pair(t)
	s := start(t, "any", Config{})
	netlab.NewSender(t, near).Send(t, netlab.Frame(1, 60))
	got := rest(t, s)
	require.Len(t, got, 2, "sent by one interface, received by the other")
	require.Equal(t, packet.LinkSLL, got[0].Link)
	require.Equal(t, "any", s.Interfaces()[0].Name)
}

// TestAFilterMeansWhatItMeansForFiles includes what is said of VLANs, which the kernel
// takes out of frames.
func TestAFilterMeansWhatItMeansForFiles(t *testing.T) {
	for expr, want := range map[string][]uint32{
		"ether proto 0x88b5": {1}, "vlan": {2, 3}, "vlan 100": {2}, "vlan 7 and ether proto 0x88b5": {3}, "ether[12:4] = 0x88a80007": {3}, "greater 90": {1, 3},
	} {
		near, far := netlab.Pair(t)
		s := start(t, near, Config{Filter: func(link packet.LinkType) (*filter.Program, error) { return compiler.Compile(expr, link) }})
		out := netlab.NewSender(t, far)
		out.Send(t, netlab.Frame(1, 100))
		out.Send(t, netlab.Frame(2, 80, 0x81, 0x00, 0x20, 0x64))
		out.Send(t, netlab.Frame(3, 90, 0x88, 0xa8, 0x00, 0x07))
		var got []uint32
		for _, f := range rest(t, s) {
			got = append(got, uint32(f.Data[len(f.Data)-1]))
		}
		require.Equal(t, want, got, expr)
		netlab.IP(t, "link", "del", near)
	}
}

func TestAnInterfaceComesBack(t *testing.T) {
	near, far := netlab.Pair(t)
	s := start(t, near, Config{})
	read := func(want uint32) {
		var b capture.Batch
		require.Eventually(t, func() bool {
			netlab.NewSender(t, far).Send(t, netlab.Frame(want, 60))
			require.NoError(t, s.Read(&b))
			return len(b.Frames) > 0 && binary.BigEndian.Uint32(b.Frames[len(b.Frames)-1].Data[14:]) == want
		}, 5*time.Second, time.Millisecond)
	}
	read(1)
	netlab.IP(t, "link", "set", near, "down")
	require.NoError(t, s.Read(new(capture.Batch)))
	netlab.IP(t, "link", "set", near, "up")
	read(2)
	netlab.IP(t, "link", "del", near)
	for range 3 {
		require.NoError(t, s.Read(new(capture.Batch)), "its absence is no error")
	}
	netlab.Pair(t)
	read(3)
}

func TestTimeGoesOnInSilence(t *testing.T) {
	near, _ := netlab.Pair(t)
	s := start(t, near, Config{})
	before := time.Now().UnixNano()
	var b capture.Batch
	require.NoError(t, s.Read(&b))
	require.Empty(t, b.Frames)
	require.Greater(t, b.Now, before)
}

func TestWhatCannotBeOpened(t *testing.T) {
	near, _ := netlab.Pair(t)
	netlab.IP(t, "link", "set", near, "down")
	for _, c := range []struct {
		name string
		cfg  Config
		want string
	}{
		{"nowhere0", Config{}, "cannot capture on nowhere0 with libpcap"},
		{near, Config{}, "cannot capture on near0 with libpcap"},
		{"any", Config{SnapLen: 10}, "choose 64 to 262144"},
		{"any", Config{Buffer: 1}, "cannot use a buffer of 0 MiB: choose 1 to 1024"},
	} {
		_, err := Open(c.name, c.cfg)
		require.ErrorContains(t, err, c.want)
	}
}
