package afpacket

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/packet"
	"github.com/flowloom/flowloom/internal/netlab"
)

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

func start(t *testing.T, cfg Config, interfaces ...string) *Source {
	t.Helper()
	s, err := Open(interfaces, cfg)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func TestFramesComeAsTheyWereSent(t *testing.T) {
	near, far := netlab.Pair(t)
	s, out := start(t, Config{}, near), netlab.NewSender(t, far)
	var sent [][]byte
	before := time.Now().Add(-time.Second).UnixNano()
	for n := range uint32(500) {
		f := netlab.Frame(n, 60+int(n)*2)
		switch n % 5 {
		case 1: // a VLAN, which the kernel takes out of the frame
			f = netlab.Frame(n, 80, 0x81, 0x00, 0x20, 0x64)
		case 2: // a service provider's
			f = netlab.Frame(n, 80, 0x88, 0xa8, 0x00, 0x07)
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

func TestBothDirectionsAndSeveralInterfaces(t *testing.T) {
	near, far := netlab.Pair(t)
	s := start(t, Config{}, near, far)
	netlab.NewSender(t, near).Send(t, netlab.Frame(1, 60))
	netlab.NewSender(t, far).Send(t, netlab.Frame(2, 60))
	seen := make(map[uint16]int)
	for _, f := range rest(t, s) {
		seen[f.Interface]++
	}
	require.Equal(t, map[uint16]int{0: 2, 1: 2}, seen, "each sees what it sends and what it receives")
}

func TestLoopbackCountsOnce(t *testing.T) {
	up := newLoopback(t)
	s := start(t, Config{}, "lo")
	_, err := up.Write([]byte("hello"))
	require.NoError(t, err)
	got := rest(t, s)
	require.Len(t, got, 1)
	require.Contains(t, string(got[0].Data), "hello")
}

// newLoopback switches the loopback interface on and returns a connection over it.
func newLoopback(t *testing.T) net.Conn {
	t.Helper()
	netlab.IP(t, "link", "set", "lo", "up")
	l, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	c, err := (&net.Dialer{}).DialContext(t.Context(), "udp", l.LocalAddr().String())
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestSnapLenCutsFrames(t *testing.T) {
	near, far := netlab.Pair(t)
	s := start(t, Config{SnapLen: 96}, near)
	netlab.NewSender(t, far).Send(t, netlab.Frame(1, 1000))
	got := rest(t, s)
	require.Len(t, got, 1)
	require.Len(t, got[0].Data, 96)
	require.EqualValues(t, 1000, got[0].WireLen)
}

func TestWhatFindsNoRoomIsCounted(t *testing.T) {
	near, far := netlab.Pair(t)
	s, out := start(t, Config{Ring: 2 * blockSize}, near), netlab.NewSender(t, far)
	const sent = 4000
	for n := range uint32(sent) {
		out.Send(t, netlab.Frame(n, 1500))
	}
	got := rest(t, s)
	dropped := s.Interfaces()[0].Dropped
	require.Positive(t, dropped)
	require.NotEmpty(t, got)
	require.EqualValues(t, sent, uint64(len(got))+dropped)
	require.Equal(t, dropped, s.Interfaces()[0].Dropped, "asking does not change it")
}

func TestTimeGoesOnInSilence(t *testing.T) {
	near, _ := netlab.Pair(t)
	s := start(t, Config{}, near)
	before := time.Now().UnixNano()
	var b capture.Batch
	require.NoError(t, s.Read(&b))
	require.Empty(t, b.Frames)
	require.Greater(t, b.Now, before)
}

func TestAnInterfaceComesBack(t *testing.T) {
	near, far := netlab.Pair(t)
	s := start(t, Config{}, near)
	read := func(want uint32) {
		var b capture.Batch
		require.Eventually(t, func() bool {
			netlab.NewSender(t, far).Send(t, netlab.Frame(want, 60))
			require.NoError(t, s.Read(&b))
			return len(b.Frames) > 0 && binary.BigEndian.Uint32(b.Frames[0].Data[14:]) == want
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

func TestPromiscuous(t *testing.T) {
	near, _ := netlab.Pair(t)
	start(t, Config{}, near)
	require.Contains(t, netlab.IP(t, "-details", "link", "show", near), "promiscuity 1")
}

func TestQuiet(t *testing.T) {
	near, _ := netlab.Pair(t)
	start(t, Config{Quiet: true}, near)
	require.Contains(t, netlab.IP(t, "-details", "link", "show", near), "promiscuity 0")
}

func TestWhatCannotBeOpened(t *testing.T) {
	near, _ := netlab.Pair(t)
	for _, c := range []struct {
		interfaces []string
		cfg        Config
		want       string
	}{
		{nil, Config{}, "cannot capture on no interface"},
		{[]string{"nowhere0"}, Config{}, "there is no such interface; there are lo, "},
		{[]string{near, near}, Config{}, "cannot capture twice on near0"},
		{[]string{"a-name-that-is-too-long"}, Config{}, "this is no name of an interface"},
		{[]string{near}, Config{SnapLen: 10}, "choose 64 to 262144"},
		{[]string{near}, Config{Ring: 1}, "cannot use 0 MiB of memory for rings (1 of an interface): choose 2 to 2048"},
		{[]string{near}, Config{Rings: 65}, "cannot use 65 rings: choose 1 to 64"},
		{[]string{near}, Config{Rings: 64}, "rings (64 of an interface): choose 128 to 2048"},
	} {
		_, err := Open(c.interfaces, c.cfg)
		require.ErrorContains(t, err, c.want)
	}
}
