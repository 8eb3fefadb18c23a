package capture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestPcapngEnhanced(t *testing.T) {
	t.Parallel()
	for name, o := range bothOrders {
		want := made(5000)
		got, src := parseBytes(t, ngFile(o, want))
		require.Nil(t, src.Damage(), name)
		equalFrames(t, want, got)
	}
}

// Sections of both byte orders, with interfaces of their own resolution, offset
// and name, and all kinds of packet blocks.
func TestPcapngSections(t *testing.T) {
	t.Parallel()
	n := &ng{o: binary.BigEndian}
	n.section().
		iface(1, 0, n.option(ngOptName, []byte("eth0")), n.option(ngOptResolution, []byte{9}), n.option(ngOptEnd, nil)).
		iface(113, 0, n.option(ngOptName, []byte("any\x1b[2J")), n.option(ngOptOffset, binary.BigEndian.AppendUint64(nil, 1000))).
		enhanced(0, 5_000_000_007, 60, []byte("abc")).
		enhanced(1, 2_000_000, 4, []byte("wxyz")).
		block(0x0bad, []byte("of no interest"))
	n.o = binary.LittleEndian
	n.section().iface(101, 5)
	old := n.o.AppendUint16(n.o.AppendUint16(nil, 0), 3)
	n.block(ngOldPacket, append(append(old, n.words(0, 7_000_000, 2, 50)...), "ol"...))
	n.block(ngSimple, append(n.words(9), "simpl"...))

	got, src := parseBytes(t, n.b)
	require.Nil(t, src.Damage())
	equalFrames(t, []Frame{
		{Time: 5_000_000_007, Data: []byte("abc"), WireLen: 60, Link: packet.LinkEthernet},
		{Time: 1002e9, Data: []byte("wxyz"), WireLen: 4, Interface: 1, Link: packet.LinkSLL},
		{Time: 7e9, Data: []byte("ol"), WireLen: 50, Interface: 2, Link: packet.LinkRaw},
		{Time: 7e9, Data: []byte("simpl"), WireLen: 9, Interface: 2, Link: packet.LinkRaw},
	}, got)
	require.Equal(t, []Interface{
		{Name: "mem:eth0", Link: packet.LinkEthernet},
		{Name: "mem:any\uFFFD[2J", Link: packet.LinkSLL},
		{Name: "mem", Link: packet.LinkRaw},
	}, src.Interfaces())
}

func TestPcapngDropped(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		ifDrop, osDrop, want uint64
	}{
		"sum":       {3, 1 << 33, 3 + 1<<33},
		"saturates": {math.MaxUint64, 2, math.MaxUint64},
	} {
		for order, o := range bothOrders {
			n := (&ng{o: o}).section().iface(1, 0).iface(1, 0)
			u64 := func(v uint64) []byte { return o.AppendUint64(nil, v) }
			n.block(ngStatistics, append(n.words(1, 0, 0), n.option(ngOptIfDrop, u64(1))...))
			stats := append(n.words(1, 0, 0), n.option(ngOptIfDrop, u64(tc.ifDrop))...)
			n.block(ngStatistics, append(stats, n.option(ngOptOSDrop, u64(tc.osDrop))...))
			_, src := parseBytes(t, n.b)
			require.Nil(t, src.Damage(), name)
			require.Zero(t, src.Interfaces()[0].Dropped)
			require.Equal(t, tc.want, src.Interfaces()[1].Dropped, "%s %s", name, order)
		}
	}
}

// Every prefix yields the packets that are whole and names what is not.
func TestPcapngTruncated(t *testing.T) {
	t.Parallel()
	n := (&ng{o: binary.LittleEndian}).section().iface(1, 0).block(0x0bad, make([]byte, 40))
	ends := map[int]bool{28: true, 48: true, len(n.b): true}
	frames := made(5)
	packets := []int{}
	for _, f := range frames {
		n.enhanced(0, uint64(f.Time/1000), f.WireLen, f.Data)
		packets = append(packets, len(n.b))
		ends[len(n.b)] = true
	}
	for size := range n.b {
		if size < 12 {
			_, err := OpenReader("mem", bytes.NewReader(n.b[:size]))
			require.Error(t, err)
			continue
		}
		whole := 0
		for whole < len(packets) && packets[whole] <= size {
			whole++
		}
		got, src := parseBytes(t, n.b[:size])
		equalFrames(t, frames[:whole], got)
		require.Equal(t, ends[size], src.Damage() == nil, "size %d: %v", size, src.Damage())
	}
}

func TestPcapngDamage(t *testing.T) {
	t.Parallel()
	o := binary.LittleEndian
	start := func() *ng { return (&ng{o: o}).section().iface(1, 0).enhanced(0, 1, 1, []byte{1}) }
	lying := func(kind, size uint32) []byte {
		return append(o.AppendUint32(o.AppendUint32(nil, kind), size), make([]byte, 40)...)
	}
	claim := start().words(0, 0, 0, 99, 99)
	for name, tc := range map[string]struct {
		tail []byte
		goOn bool // the packet behind the damage is read
		want string
	}{
		"length":        {lying(ngEnhanced, 13), false, "impossible length 13"},
		"tail":          {lying(ngEnhanced, 40), false, "length 40 at its start and 0 at its end"},
		"too long":      {lying(ngEnhanced, 1<<30), false, "claims 1073741824 bytes"},
		"order":         {lying(ngSection, 28), false, "byte-order magic 00000000"},
		"captured":      {(&ng{o: o}).block(ngEnhanced, claim).b, true, "room for 0 bytes but it claims 99"},
		"interface":     {(&ng{o: o}).enhanced(7, 1, 1, []byte{1}).b, true, "of interface 7 but the section describes 1"},
		"short packet":  {(&ng{o: o}).block(ngEnhanced, make([]byte, 8)).b, true, "too short"},
		"short old":     {(&ng{o: o}).block(ngOldPacket, make([]byte, 8)).b, true, "too short"},
		"short simple":  {(&ng{o: o}).block(ngSimple, nil).b, true, "too short"},
		"simple claims": {(&ng{o: o}).block(ngSimple, start().words(9)).b, true, "room for 0 bytes but it claims 9"},
		"statistics of": {(&ng{o: o}).block(ngStatistics, start().words(4, 0, 0)).b, true, "of interface 4"},
		"option":        {(&ng{o: o}).iface(1, 0, []byte{9, 0, 200, 0}).b, true, "option 9 claims 200 bytes"},
		"no version":    {(&ng{o: o}).block(ngSection, start().words(ngOrderMagic, 9, 0, 0)).b, false, "major version 9"},
		"no interface":  {(&ng{o: o}).block(ngInterface, nil).b, false, "too short"},
		"short section": {(&ng{o: o}).block(ngSection, start().words(ngOrderMagic)).b, false, "too short"},
	} {
		n := start()
		at := len(n.b)
		n.b = append(n.b, tc.tail...)
		n.enhanced(0, 2, 1, []byte{2})
		got, src := parseBytes(t, n.b)
		require.Len(t, src.Damage(), 1, name)
		require.ErrorContains(t, src.Damage()[0], tc.want, name)
		require.ErrorContains(t, src.Damage()[0], fmt.Sprintf("at byte %d:", at), name)
		want := []byte{1, 2}
		if !tc.goOn {
			want = want[:1]
		}
		var data []byte
		for _, f := range got {
			data = append(data, f.Data...)
		}
		require.Equal(t, want, data, name)
	}
}

func TestPcapngTimeOutOfRange(t *testing.T) {
	t.Parallel()
	n := (&ng{o: binary.BigEndian}).section().iface(1, 0).
		enhanced(0, 5, 1, []byte{1}).enhanced(0, math.MaxUint64, 1, []byte{2})
	got, src := parseBytes(t, n.b)
	require.Len(t, got, 2)
	require.Equal(t, got[0].Time, got[1].Time)
	require.ErrorContains(t, src.Damage()[0], "time stamp")
}

// Blocks of no interest are passed over without being held in memory, and the
// length at their end still counts.
func TestPcapngLongUnknownBlock(t *testing.T) {
	t.Parallel()
	n := (&ng{o: binary.LittleEndian}).section().iface(1, 0).block(0x0bad, make([]byte, 3<<20))
	end := len(n.b)
	n.enhanced(0, 5, 1, []byte{1})
	src, err := OpenReader("mem", bytes.NewReader(n.b))
	require.NoError(t, err)
	var b Batch
	require.NoError(t, src.Read(&b))
	require.Len(t, b.Frames, 1)
	require.Len(t, b.Buf, blockSize)

	_, src = parseBytes(t, n.b[:end-2])
	require.ErrorContains(t, src.Damage()[0], "last block cut: 2 of 3145740 bytes are missing")
	n.b[end-1] = 9
	got, src := parseBytes(t, n.b)
	require.Empty(t, got)
	require.ErrorContains(t, src.Damage()[0], "at its end")
}

// A file of nonsense does not fill the memory with complaints.
func TestDamageIsBounded(t *testing.T) {
	t.Parallel()
	n := (&ng{o: binary.LittleEndian}).section()
	for range 1000 {
		n.enhanced(3, 0, 0, nil)
	}
	_, src := parseBytes(t, n.b)
	require.Len(t, src.Damage(), maxDamages+1)
	require.ErrorContains(t, src.Damage()[maxDamages], "968 more damaged places")
}

func TestPcapngTooManyInterfaces(t *testing.T) {
	t.Parallel()
	n := (&ng{o: binary.LittleEndian}).section()
	for range maxInterfaces + 1 {
		n.iface(1, 0)
	}
	_, src := parseBytes(t, n.b)
	require.Len(t, src.Interfaces(), maxInterfaces)
	require.ErrorContains(t, src.Damage()[0], "more than 65536 interfaces")
}
