package filter

import (
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/packet"
)

// Compiler turns a pcap filter expression into a program for a link type.
type Compiler func(expr string, link packet.LinkType) (*Program, error)

// Source passes on the frames that match, in their batch. Each link type has a
// program of its own.
type Source struct {
	capture.Source
	compile  Compiler
	expr     string
	programs map[packet.LinkType]*Program
	read     uint64
	passed   uint64
}

// New returns src with a filter behind it. The expression is compiled at once for
// the interfaces that src lists, so that a wrong one is an error here.
func New(src capture.Source, compile Compiler, expr string) (*Source, error) {
	s := &Source{Source: src, compile: compile, expr: expr, programs: make(map[packet.LinkType]*Program)}
	known := src.Interfaces()
	for _, i := range known {
		if _, err := s.program(i.Link); err != nil {
			return nil, err
		}
	}
	if len(known) == 0 {
		return s, s.try()
	}
	return s, nil
}

// try compiles the expression while no link type is known, as before the first
// block of a pcapng file. Some primitives exist for one kind of link only (`type
// mgt`), so the expression is wrong only if it suits none of the kinds.
func (s *Source) try() error {
	_, err := s.compile(s.expr, packet.LinkEthernet)
	for _, link := range []packet.LinkType{packet.LinkIEEE80211, packet.LinkSLL, packet.LinkPPP} {
		if err == nil {
			return nil
		}
		if _, other := s.compile(s.expr, link); other == nil {
			return nil
		}
	}
	return err
}

// program returns the program for a link type, compiled when first asked for.
func (s *Source) program(link packet.LinkType) (*Program, error) {
	if p := s.programs[link]; p != nil {
		return p, nil
	}
	p, err := s.compile(s.expr, link)
	if err != nil {
		return nil, err
	}
	s.programs[link] = p
	return p, nil
}

// Read implements capture.Source. A batch of which nothing matches comes back
// empty, without an error.
func (s *Source) Read(b *capture.Batch) error {
	err := s.Source.Read(b)
	kept := b.Frames[:0]
	var p *Program
	var link packet.LinkType
	for i := range b.Frames {
		f := &b.Frames[i]
		if p == nil || f.Link != link {
			var wrong error
			if p, wrong = s.program(f.Link); wrong != nil {
				b.Frames = kept
				return wrong
			}
			link = f.Link
		}
		s.read++
		if p.Match(f.Data, f.WireLen) {
			s.passed++
			kept = append(kept, *f)
		}
	}
	b.Frames = kept
	return err
}

// Counters returns the frames read and those that matched.
func (s *Source) Counters() (read, passed uint64) { return s.read, s.passed }
