package capture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"regexp"
	"slices"
	"testing"
	"testing/iotest"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// pieces reads a capture byte by byte. It returns all frames, how many of them
// came before the first damage, and the source.
func pieces(t *testing.T, b []byte) (frames []Frame, sound int, src Source) {
	t.Helper()
	src, err := OpenReader("mem", iotest.OneByteReader(bytes.NewReader(b)))
	require.NoError(t, err)
	var batch Batch
	for {
		err := src.Read(&batch)
		for _, f := range batch.Frames {
			f.Data = bytes.Clone(f.Data)
			frames = append(frames, f)
		}
		if src.Damage() == nil {
			sound = len(frames)
		}
		if err != nil {
			require.ErrorIs(t, err, io.EOF)
			return frames, sound, src
		}
	}
}

// checkPieces holds that frames and damage do not depend on how bytes arrive.
func checkPieces(t *testing.T, b []byte) (frames []Frame, sound int, src Source) {
	t.Helper()
	whole, wholeSrc := parseBytes(t, b)
	frames, sound, src = pieces(t, b)
	equalFrames(t, whole, frames)
	require.Equal(t, wholeSrc.Damage(), src.Damage())
	require.Equal(t, wholeSrc.Interfaces(), src.Interfaces())
	return frames, sound, src
}

// compare holds that the sound frames are those of the oracle, as far as it
// comes, and that it comes no further.
func compare(t *testing.T, oracle gopacket.PacketDataSource, frames []Frame, sound int, damaged bool, exact func(i int, ci gopacket.CaptureInfo) bool) {
	t.Helper()
	for i := 0; ; i++ {
		data, ci, err := oracle.ReadPacketData()
		if err != nil {
			if errors.Is(err, io.EOF) && !damaged {
				require.Len(t, frames, i, "the oracle has no more")
			}
			return
		}
		if i >= sound {
			require.True(t, damaged, "the oracle has frame %d", i)
			return
		}
		f := frames[i]
		require.Equal(t, data, f.Data, "frame %d", i)
		require.EqualValues(t, max(ci.Length, len(data)), f.WireLen, "frame %d", i)
		if exact(i, ci) {
			require.Equal(t, ci.Timestamp.UnixNano(), f.Time, "frame %d", i)
		}
	}
}

func FuzzPcap(f *testing.F) {
	for _, o := range bothOrders {
		b := pcapFile(o, made(5))
		f.Add(b)
		f.Add(b[:len(b)-3])
		f.Add(pcapRecord(o, pcapHead(o, pcapNano, 4, 1<<30, 1), made(30)[29], 1))
		f.Add(append(pcapHead(o, pcapModified, 4, 9, 1), make([]byte, 48)...))
		f.Add(append(pcapHead(o, pcapMicro, 2, 9, 1), make([]byte, 48)...))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := newPcap("mem", b); err != nil {
			return
		}
		frames, sound, src := checkPieces(t, b)
		r, err := pcapgo.NewReader(bytes.NewReader(b))
		if err != nil {
			return
		}
		require.Equal(t, packet.LinkType(uint32(r.LinkType())&0xffff), src.Interfaces()[0].Link)
		// Above a second the oracle's fraction overflows 32 bits.
		at, swapped := pcapHeaderSize, b[0] == 0xa1
		fraction := func(i int, ci gopacket.CaptureInfo) bool {
			v := binary.LittleEndian.Uint32(b[at+4:])
			if swapped {
				v = binary.BigEndian.Uint32(b[at+4:])
			}
			at += pcapRecordSize + ci.CaptureLength
			return v < 1e6
		}
		compare(t, r, frames, sound, src.Damage() != nil, fraction)
	})
}

// resolutionZero finds an if_tsresol option of any length that says 0, in either
// byte order.
var resolutionZero = regexp.MustCompile(`(?s)(\x09\x00|\x00\x09)..\x00`)

func FuzzPcapng(f *testing.F) {
	for _, o := range bothOrders {
		b := ngFile(o, made(5))
		f.Add(b)
		f.Add(b[:len(b)-3])
		n := (&ng{o: o}).section().iface(1, 0, (&ng{o: o}).option(ngOptResolution, []byte{9})).enhanced(0, 1, 1, []byte{1})
		n.block(ngSimple, append(n.words(9), "123456789"...)).block(0x0bad, []byte("abcd"))
		n.section().iface(101, 5, n.option(ngOptName, []byte("lo")), n.option(ngOptOffset, make([]byte, 8)))
		n.block(ngOldPacket, append(n.words(0, 0, 1, 2, 2), 1, 2)).enhanced(4, 1, 1, nil)
		n.block(ngStatistics, append(n.words(0, 0, 0), n.option(ngOptIfDrop, make([]byte, 8))...))
		f.Add(n.b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if !bytes.HasPrefix(b, []byte{0x0a, 0x0d, 0x0d, 0x0a}) {
			return
		}
		if _, err := OpenReader("mem", bytes.NewReader(b)); err != nil {
			return
		}
		frames, sound, src := checkPieces(t, b)
		r, err := pcapgo.NewNgReader(bytes.NewReader(b), pcapgo.NgReaderOptions{WantMixedLinkType: true})
		if err != nil {
			return
		}
		// The oracle takes resolution 0, seconds, as unset, rounds powers of two,
		// overflows beyond 10^-19, and gives simple packets the zero time.
		exact := func(_ int, ci gopacket.CaptureInfo) bool {
			i, err := r.Interface(ci.InterfaceIndex)
			require.NoError(t, err)
			res := i.TimestampResolution
			inRange := ci.Timestamp.After(time.Unix(0, math.MinInt64)) && ci.Timestamp.Before(time.Unix(0, math.MaxInt64))
			return !res.Binary() && res.Exponent() <= 19 && inRange && int64(i.TimestampOffset) == 0 &&
				!ci.Timestamp.IsZero() && !resolutionZero.Match(b)
		}
		compare(t, linkChecked{t, r, frames}.source(), frames, sound, src.Damage() != nil, exact)
	})
}

// linkChecked compares link types on the way.
type linkChecked struct {
	t      *testing.T
	r      *pcapgo.NgReader
	frames []Frame
}

func (l linkChecked) source() gopacket.PacketDataSource { return &linkCheckedReader{linkChecked: l} }

type linkCheckedReader struct {
	linkChecked
	next int
}

// ReadPacketData is part of gopacket.PacketDataSource.
func (l *linkCheckedReader) ReadPacketData() ([]byte, gopacket.CaptureInfo, error) {
	data, ci, err := l.r.ReadPacketData()
	if err == nil && l.next < len(l.frames) && len(ci.AncillaryData) == 1 {
		link, ok := ci.AncillaryData[0].(layers.LinkType)
		require.True(l.t, ok)
		if bytes.Equal(data, l.frames[l.next].Data) {
			require.EqualValues(l.t, link, l.frames[l.next].Link)
		}
		l.next++
	}
	return data, ci, err
}

// Reading a compressed capture equals reading what it decompresses to.
func FuzzCompressed(f *testing.F) {
	f.Add(pcapFile(binary.LittleEndian, made(30)), uint16(100))
	f.Add(ngFile(binary.BigEndian, made(30)), uint16(7))
	f.Fuzz(func(t *testing.T, plain []byte, split uint16) {
		at := min(int(split), len(plain))
		_, plainErr := OpenReader("mem", bytes.NewReader(plain))
		if isGzip(plain) || isZstd(plain) {
			return
		}
		for name, compress := range map[string]func(testing.TB, ...[]byte) []byte{"gzip": gz, "zstd": zst} {
			first := compress(t, plain[:at])
			b := slices.Concat(first, compress(t, plain[at:]))
			if plainErr != nil {
				_, err := OpenReader("mem", bytes.NewReader(b))
				require.Error(t, err, name)
				continue
			}
			want, wantSrc := parseBytes(t, plain)
			got, src := parseBytes(t, b)
			equalFrames(t, want, got)
			require.Equal(t, wantSrc.Damage(), src.Damage(), name)

			// Of a cut stream come the first of these frames, and damage, unless the cut
			// fell between two members: what is left then is whole.
			end := len(b) - 1 - int(split)%len(b)/2
			cut, cutErr := OpenReader("mem", bytes.NewReader(b[:end]))
			if cutErr != nil || end == len(first) {
				continue
			}
			got = drain(t, cut)
			require.LessOrEqual(t, len(got), len(want), name)
			equalFrames(t, want[:len(got)], got)
			require.NotNil(t, cut.Damage(), name)
		}
	})
}
