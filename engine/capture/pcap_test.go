package capture

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestPcapVariants(t *testing.T) {
	t.Parallel()
	for order, o := range bothOrders {
		for _, tc := range []struct {
			name  string
			magic uint32
			unit  int64
			extra int
		}{
			{"micro", pcapMicro, 1000, 0},
			{"nano", pcapNano, 1, 0},
			{"modified", pcapModified, 1000, 8},
		} {
			t.Run(tc.name+" "+order, func(t *testing.T) {
				t.Parallel()
				want := made(5000)
				b := pcapHead(o, tc.magic, 4, 65535, 1)
				for _, f := range want {
					r := pcapRecord(o, nil, f, tc.unit)
					b = append(append(b, r[:16]...), make([]byte, tc.extra)...)
					b = append(b, r[16:]...)
				}
				got, src := parseBytes(t, b)
				equalFrames(t, want, got)
				require.Nil(t, src.Damage())
				require.Equal(t, []Interface{{Name: "mem", Link: packet.LinkEthernet}}, src.Interfaces())
			})
		}
	}
}

func TestPcapLinkTypeWithoutChecksumBits(t *testing.T) {
	t.Parallel()
	_, src := parseBytes(t, pcapHead(binary.LittleEndian, pcapMicro, 4, 0, 0x24000071))
	require.Equal(t, packet.LinkSLL, src.Interfaces()[0].Link)
}

func TestPcapOldLengthOrder(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		minor         uint16
		first, second uint32
	}{{2, 60, 4}, {3, 60, 4}, {3, 4, 60}, {4, 4, 60}} {
		o := binary.BigEndian
		b := pcapHead(o, pcapMicro, tc.minor, 0, 1)
		b = o.AppendUint32(o.AppendUint32(append(b, make([]byte, 8)...), tc.first), tc.second)
		got, src := parseBytes(t, append(b, 1, 2, 3, 4))
		require.Nil(t, src.Damage())
		require.Equal(t, []Frame{{Data: []byte{1, 2, 3, 4}, WireLen: 60, Link: 1}}, got, "2.%d", tc.minor)
	}
}

func TestPcapWireLenNeverBelowData(t *testing.T) {
	t.Parallel()
	got, _ := parseBytes(t, pcapFile(binary.LittleEndian, []Frame{{Data: make([]byte, 9), WireLen: 3}}))
	require.EqualValues(t, 9, got[0].WireLen)
}

// Every prefix of a capture yields the frames that are whole, and names the one
// that is not.
func TestPcapTruncated(t *testing.T) {
	t.Parallel()
	frames := made(8)
	b := pcapFile(binary.LittleEndian, frames)
	for size := range b {
		if size < pcapHeaderSize {
			_, err := OpenReader("mem", bytes.NewReader(b[:size]))
			require.Error(t, err, "size %d", size)
			continue
		}
		whole, end := 0, pcapHeaderSize
		for end+16+len(frames[whole].Data) <= size {
			end += 16 + len(frames[whole].Data)
			whole++
		}
		got, src := parseBytes(t, b[:size])
		equalFrames(t, frames[:whole], got)
		if end == size {
			require.Nil(t, src.Damage())
			continue
		}
		var d *DamageError
		require.Len(t, src.Damage(), 1)
		require.ErrorAs(t, src.Damage()[0], &d)
		require.EqualValues(t, end, d.Offset)
		require.Equal(t, "mem", d.Path)
	}
}

func TestPcapDamageSaysWhatIsLost(t *testing.T) {
	t.Parallel()
	o := binary.LittleEndian
	good := pcapFile(o, []Frame{{Data: make([]byte, 10), WireLen: 10}})
	cut := pcapRecord(o, nil, Frame{Data: make([]byte, 74)}, 1)
	absurd := append(o.AppendUint32(make([]byte, 8), maxSnapLen+1), 0, 0, 0, 0)
	for name, tc := range map[string]struct {
		tail []byte
		want string
	}{
		"data":   {cut[:16+40], "cannot read all of mem: at byte 50: last packet cut: 40 of 74 bytes"},
		"header": {cut[:7], "cannot read all of mem: at byte 50: last packet cut: 7 of 16 bytes of its record header"},
		"absurd": {absurd, "cannot read all of mem: at byte 50: the record header claims a packet of 262145 bytes, " +
			"more than the 262144 allowed; what follows is lost"},
	} {
		got, src := parseBytes(t, append(bytes.Clone(good), tc.tail...))
		require.Len(t, got, 1, name)
		require.Len(t, src.Damage(), 1, name)
		require.EqualError(t, src.Damage()[0], tc.want, name)
	}
}

// A header may promise packets as long as it likes: memory is taken for bytes
// that are there.
func TestPcapLongRecords(t *testing.T) {
	t.Parallel()
	o := binary.LittleEndian
	long := Frame{Time: 1000, Data: bytes.Repeat([]byte{7}, 3<<20), WireLen: 3 << 20, Link: 1}
	short := Frame{Time: 2000, Data: []byte{1}, WireLen: 1, Link: 1}
	b := pcapHead(o, pcapMicro, 4, 0xffffffff, 1)
	b = pcapRecord(o, pcapRecord(o, pcapRecord(o, b, short, 1000), long, 1000), short, 1000)
	got, src := parseBytes(t, b)
	require.Nil(t, src.Damage())
	equalFrames(t, []Frame{short, long, short}, got)

	claim := o.AppendUint32(make([]byte, 8), maxRecord-100)
	b = append(pcapHead(o, pcapMicro, 4, 0xffffffff, 1), append(claim, make([]byte, 50)...)...)
	src, err := OpenReader("mem", bytes.NewReader(b))
	require.NoError(t, err)
	var batch Batch
	require.Error(t, src.Read(&batch))
	require.LessOrEqual(t, cap(batch.Buf), 2*blockSize)
	require.ErrorContains(t, src.Damage()[0], "last packet cut: 46 of 16777116 bytes")
}
