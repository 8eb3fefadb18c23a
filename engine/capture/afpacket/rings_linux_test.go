package afpacket

import (
	"encoding/binary"
	"errors"
	"net/netip"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/capture/filter"
	"github.com/flowloom/flowloom/engine/packet"
	"github.com/flowloom/flowloom/internal/netlab"
)

// udp is a datagram over IPv4 with a number in it; back swaps its ends.
func udp(flow uint16, n uint32, back bool) []byte {
	client, server := netip.MustParseAddr("192.0.2.1").As4(), netip.MustParseAddr("198.51.100.1").As4()
	ports := []uint16{10000 + flow, 53}
	if back {
		client, server, ports[0], ports[1] = server, client, ports[1], ports[0]
	}
	b := []byte{2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0}
	b = append(b, 0x45, 0, 0, 32, 0, 0, 0, 0, 64, 17, 0, 0)
	b = append(append(b, client[:]...), server[:]...)
	b = binary.BigEndian.AppendUint16(b, ports[0])
	b = binary.BigEndian.AppendUint16(b, ports[1])
	b = append(b, 0, 12, 0, 0)
	return binary.BigEndian.AppendUint32(b, n)
}

func TestRingsShareTheFramesByFlow(t *testing.T) {
	const flows, rounds = 40, 25
	near, far := netlab.Pair(t)
	s, out := start(t, Config{Rings: 3}, near), netlab.NewSender(t, far)
	groups := make(map[int]bool) // the first group of a machine has the number 0
	for _, r := range s.ports[0].rings {
		group, err := unix.GetsockoptInt(r.fd, unix.SOL_PACKET, unix.PACKET_FANOUT)
		require.NoError(t, err)
		groups[group&0xffff] = true
	}
	require.Len(t, groups, 1)
	n := uint32(0)
	for range rounds {
		for flow := range uint16(flows) {
			out.Send(t, udp(flow, n, n%3 == 1))
			n++
		}
	}
	s.Stop()
	places, last := make(map[uint16]*ring), make(map[uint16]uint32)
	used := make(map[*ring]bool)
	total := 0
	for b := (capture.Batch{}); ; {
		from := map[*ring]int{}
		for _, r := range s.ports[0].rings {
			from[r] = r.next
		}
		err := s.Read(&b)
		for _, r := range s.ports[0].rings {
			if r.next == from[r] {
				continue
			}
			used[r] = true
			for _, f := range b.Frames {
				flow := max(binary.BigEndian.Uint16(f.Data[34:]), binary.BigEndian.Uint16(f.Data[36:]))
				if places[flow] == nil {
					places[flow] = r
				}
				require.True(t, places[flow] == r, "both directions of a flow are in one ring")
				number := binary.BigEndian.Uint32(f.Data[42:])
				require.True(t, last[flow] == 0 || number > last[flow], "in order")
				last[flow] = number
			}
		}
		total += len(b.Frames)
		if err != nil {
			break
		}
	}
	require.Equal(t, flows*rounds, total, "each frame comes once")
	require.Greater(t, len(used), 1)
	require.Equal(t, []capture.Interface{{Name: near, Link: packet.LinkEthernet}}, s.Interfaces())
}

func TestDropsOfAllRingsAreCounted(t *testing.T) {
	near, far := netlab.Pair(t)
	s, out := start(t, Config{Rings: 2, Ring: 4 * blockSize}, near), netlab.NewSender(t, far)
	const sent = 40000
	for n := range uint32(sent) {
		out.Send(t, append(udp(uint16(n%100), n, false), make([]byte, 400)...))
	}
	got := rest(t, s)
	dropped := s.Interfaces()[0].Dropped
	require.Positive(t, dropped)
	require.EqualValues(t, sent, uint64(len(got))+dropped)
}

func TestAnInterfaceWithSeveralRingsComesBack(t *testing.T) {
	near, far := netlab.Pair(t)
	s := start(t, Config{Rings: 2}, near)
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
	require.NoError(t, s.Read(new(capture.Batch)))
	netlab.Pair(t)
	read(3)
}

// assembled is a Filter of one program.
func assembled(t *testing.T, code ...bpf.Instruction) func(packet.LinkType) (*filter.Program, error) {
	t.Helper()
	raw, err := bpf.Assemble(code)
	require.NoError(t, err)
	p, err := filter.NewProgram(raw)
	require.NoError(t, err)
	return func(packet.LinkType) (*filter.Program, error) { return p, nil }
}

// onlyIf matches frames of which a load gives a value.
func onlyIf(value uint32, load ...bpf.Instruction) []bpf.Instruction {
	return append(load, bpf.JumpIf{Cond: bpf.JumpEqual, Val: value, SkipFalse: 1}, bpf.RetConstant{Val: 1}, bpf.RetConstant{Val: 0})
}

// TestTheKernelFilters asks for what is before, in and behind a VLAN tag, which the kernel
// has taken out when the filter runs.
func TestTheKernelFilters(t *testing.T) {
	plain, tagged := netlab.Frame(1, 60), netlab.Frame(2, 80, 0x81, 0x00, 0x20, 0x64)
	provider := netlab.Frame(3, 100, 0x88, 0xa8, 0x00, 0x07)
	for name, c := range map[string]struct {
		code []bpf.Instruction
		want []uint32
	}{
		"type":                {onlyIf(0x88b5, bpf.LoadAbsolute{Off: 12, Size: 2}), []uint32{1}},
		"tag":                 {onlyIf(0x8100, bpf.LoadAbsolute{Off: 12, Size: 2}), []uint32{2}},
		"number of VLAN":      {onlyIf(0x2064, bpf.LoadAbsolute{Off: 14, Size: 2}), []uint32{2}},
		"half a number":       {onlyIf(0x07, bpf.LoadAbsolute{Off: 15, Size: 1}), []uint32{3}},
		"half a type":         {onlyIf(0x88, bpf.LoadAbsolute{Off: 12, Size: 1}), []uint32{1, 3}},
		"behind the tag":      {onlyIf(2, bpf.LoadAbsolute{Off: 18, Size: 4}), []uint32{2}},
		"before it":           {onlyIf(0x0200, bpf.LoadAbsolute{Off: 0, Size: 2}), []uint32{1, 2, 3}},
		"length":              {onlyIf(100, bpf.LoadExtension{Num: bpf.ExtLen}), []uint32{3}},
		"computed, behind":    {onlyIf(3, bpf.LoadConstant{Dst: bpf.RegX, Val: 21}, bpf.LoadIndirect{Off: 0, Size: 1}), []uint32{3}},
		"computed, before":    {onlyIf(0x0002, bpf.LoadConstant{Dst: bpf.RegX, Val: 8}, bpf.LoadIndirect{Off: 2, Size: 2}), []uint32{1, 2, 3}},
		"a length of IP":      {onlyIf(8, bpf.LoadMemShift{Off: 21}, bpf.TXA{}), []uint32{2}},
		"a length in the tag": {onlyIf(4*4, bpf.LoadConstant{Dst: bpf.RegA, Val: 9}, bpf.LoadMemShift{Off: 15}, bpf.TXA{}), []uint32{2}},
		"with what is left":   {onlyIf(0x88b5, bpf.LoadAbsolute{Off: 16, Size: 4}, bpf.ALUOpConstant{Op: bpf.ALUOpShiftRight, Val: 16}), []uint32{2, 3}},
	} {
		t.Run(name, func(t *testing.T) {
			near, far := netlab.Pair(t)
			s, out := start(t, Config{Filter: assembled(t, c.code...)}, near), netlab.NewSender(t, far)
			require.Nil(t, s.ports[0].match, "the kernel does it")
			var got, files []uint32
			for n, f := range [][]byte{plain, tagged, provider} {
				out.Send(t, f)
				p, _ := s.ports[0].cfg.Filter(packet.LinkEthernet)
				if p.Match(f, uint32(len(f))) {
					files = append(files, uint32(n+1))
				}
			}
			for _, f := range rest(t, s) {
				got = append(got, uint32(f.Data[len(f.Data)-1]))
			}
			require.Equal(t, c.want, got)
			require.Equal(t, files, got, "as from a file")
		})
	}
}

// TestWhatDoesNotMatchIsNotDropped fills a ring with what matches, in the midst of more
// that does not.
func TestWhatDoesNotMatchIsNotDropped(t *testing.T) {
	near, far := netlab.Pair(t)
	s := start(t, Config{Ring: 2 * blockSize, SnapLen: 1000, Filter: assembled(t, onlyIf(0x88b5, bpf.LoadAbsolute{Off: 12, Size: 2})...)}, near)
	out := netlab.NewSender(t, far)
	const sent = 4000
	for n := range uint32(sent) {
		out.Send(t, netlab.Frame(n, 1500))
		out.Send(t, netlab.Frame(n, 1500, 0x81, 0x00, 0, 1))
	}
	got := rest(t, s)
	dropped := s.Interfaces()[0].Dropped
	require.Positive(t, dropped)
	require.EqualValues(t, sent, uint64(len(got))+dropped)
	require.Len(t, got[0].Data, 1000)
	require.EqualValues(t, 1500, got[0].WireLen)
}

// TestWhatTheKernelCannotFilter lets the reader do it: a load across the tag's start.
func TestWhatTheKernelCannotFilter(t *testing.T) {
	near, far := netlab.Pair(t)
	s := start(t, Config{Filter: assembled(t, onlyIf(0x00028100, bpf.LoadAbsolute{Off: 10, Size: 4})...)}, near)
	require.NotNil(t, s.ports[0].match)
	out := netlab.NewSender(t, far)
	out.Send(t, netlab.Frame(1, 60))
	out.Send(t, netlab.Frame(2, 60, 0x81, 0x00, 0, 1))
	got := rest(t, s)
	require.Len(t, got, 1)
	require.EqualValues(t, 2, got[0].Data[59])
}

func TestAFilterThatIsWrong(t *testing.T) {
	near, _ := netlab.Pair(t)
	wrong := errors.New("syntax error")
	_, err := Open([]string{near}, Config{Filter: func(packet.LinkType) (*filter.Program, error) { return nil, wrong }})
	require.ErrorIs(t, err, wrong)
}

func TestReadingAllocatesNothing(t *testing.T) {
	near, far := netlab.Pair(t)
	s, out := start(t, Config{}, near), netlab.NewSender(t, far)
	var b capture.Batch
	const frames = 2000
	var allocated uint64
	for range 2 { // the first round makes the batch as large as it has to be
		for range frames {
			out.Send(t, netlab.Frame(1, 1000))
		}
		time.Sleep(3 * retire)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for n := 0; n < frames; n += len(b.Frames) {
			require.NoError(t, s.Read(&b))
		}
		runtime.ReadMemStats(&after)
		allocated = after.Mallocs - before.Mallocs
	}
	require.Less(t, allocated, uint64(frames/20), "some by others, none for a frame")
}
