package filter

import (
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/bpf"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/packet"
)

// fakeSource yields its batches once.
type fakeSource struct {
	capture.Source
	frames []capture.Frame
	done   bool
}

func (s *fakeSource) Interfaces() []capture.Interface { return nil }

func (s *fakeSource) Read(b *capture.Batch) error {
	if s.done {
		b.Frames = b.Frames[:0]
		return io.EOF
	}
	s.done = true
	b.Frames = append(b.Frames[:0], s.frames...)
	return nil
}

func TestSourceKeepsMatches(t *testing.T) {
	t.Parallel()
	p := assemble(t, bpf.LoadAbsolute{Off: 0, Size: 1}, bpf.JumpIf{Cond: bpf.JumpEqual, Val: 7, SkipFalse: 1}, bpf.RetConstant{Val: 1}, bpf.RetConstant{Val: 0})
	src := &fakeSource{frames: []capture.Frame{{Data: []byte{7}, WireLen: 1}, {Data: []byte{8}, WireLen: 1}, {Data: []byte{7}, WireLen: 1}}}
	s, err := New(src, func(string, packet.LinkType) (*Program, error) { return p, nil }, "seven")
	require.NoError(t, err)
	var b capture.Batch
	require.NoError(t, s.Read(&b))
	require.Len(t, b.Frames, 2)
	require.ErrorIs(t, s.Read(&b), io.EOF)
	read, passed := s.Counters()
	require.Equal(t, [2]uint64{3, 2}, [2]uint64{read, passed})
}

func TestWrongExpressionIsAnErrorAtOnce(t *testing.T) {
	t.Parallel()
	wrong := errors.New("syntax error")
	_, err := New(&fakeSource{}, func(string, packet.LinkType) (*Program, error) { return nil, wrong }, "tpc")
	require.ErrorIs(t, err, wrong)
}

// TestLinkTypesHaveProgramsOfTheirOwn filters a batch of three kinds of link, of
// which the expression does not suit the last.
func TestLinkTypesHaveProgramsOfTheirOwn(t *testing.T) {
	t.Parallel()
	asked := map[packet.LinkType]int{}
	wrong := errors.New("not on this link")
	compile := func(_ string, link packet.LinkType) (*Program, error) {
		asked[link]++
		if link == packet.LinkPPP {
			return nil, wrong
		}
		return assemble(t, bpf.LoadAbsolute{Off: 0, Size: 1}, bpf.JumpIf{Cond: bpf.JumpEqual, Val: uint32(link), SkipFalse: 1}, bpf.RetConstant{Val: 1}, bpf.RetConstant{Val: 0}), nil
	}
	frame := func(link packet.LinkType, first byte) capture.Frame {
		return capture.Frame{Link: link, Data: []byte{first}, WireLen: 1}
	}
	raw, ethernet := packet.LinkRaw, packet.LinkEthernet
	src := &fakeSource{frames: []capture.Frame{
		frame(raw, byte(raw)), frame(ethernet, byte(raw)), frame(ethernet, byte(ethernet)), frame(raw, byte(ethernet)), frame(raw, byte(raw)), frame(packet.LinkPPP, 0), frame(raw, byte(raw)),
	}}
	s, err := New(src, compile, "own link type")
	require.NoError(t, err)
	clear(asked)
	var b capture.Batch
	require.ErrorIs(t, s.Read(&b), wrong)
	require.Equal(t, src.frames[0:1], b.Frames[0:1])
	require.Equal(t, []packet.LinkType{raw, ethernet, raw}, []packet.LinkType{b.Frames[0].Link, b.Frames[1].Link, b.Frames[2].Link})
	require.Len(t, b.Frames, 3)
	require.Equal(t, map[packet.LinkType]int{raw: 1, ethernet: 1, packet.LinkPPP: 1}, asked)
}

// TestExpressionForOneKindOfLink stands for `type mgt` on a pcapng file, whose link
// types are not known before it is read.
func TestExpressionForOneKindOfLink(t *testing.T) {
	t.Parallel()
	wifi := func(_ string, link packet.LinkType) (*Program, error) {
		if link != packet.LinkIEEE80211 {
			return nil, errors.New("802.11 only")
		}
		return assemble(t, bpf.RetConstant{Val: 1}), nil
	}
	s, err := New(&fakeSource{frames: []capture.Frame{{Link: packet.LinkIEEE80211, Data: []byte{0}, WireLen: 1}}}, wifi, "type mgt")
	require.NoError(t, err)
	var b capture.Batch
	require.NoError(t, s.Read(&b))
	require.Len(t, b.Frames, 1)
}

// failingSource delivers a frame together with its error.
type failingSource struct {
	fakeSource
	err error
}

func (s *failingSource) Read(b *capture.Batch) error {
	b.Frames = append(b.Frames[:0], s.frames...)
	return s.err
}

func TestFramesBesideAnErrorAreFiltered(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk gone")
	src := &failingSource{fakeSource{frames: []capture.Frame{{Data: []byte{1}, WireLen: 1}}}, broken}
	s, err := New(src, func(string, packet.LinkType) (*Program, error) { return assemble(t, bpf.RetConstant{Val: 1}), nil }, "")
	require.NoError(t, err)
	var b capture.Batch
	require.ErrorIs(t, s.Read(&b), broken)
	require.Len(t, b.Frames, 1)
}
