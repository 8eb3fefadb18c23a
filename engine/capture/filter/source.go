package filter

import (
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/packet"
)

// Compiler turns a pcap filter expression into a program for a link type.
type Compiler func(expr string, link packet.LinkType) (*Program, error)

// Source passes on the frames that match. Programs are made when a link type is
// first seen.
type Source struct {
	capture.Source
	compile  Compiler
	expr     string
	programs map[packet.LinkType]*Program
	read     uint64
	passed   uint64
}

// New returns src with a filter in front. The expression is compiled for the
// interfaces that are known, for Ethernet when none is, so that a wrong one is an
// error here.
func New(src capture.Source, compile Compiler, expr string) (*Source, error) {
	s := &Source{Source: src, compile: compile, expr: expr, programs: make(map[packet.LinkType]*Program)}
	links := []packet.LinkType{packet.LinkEthernet}
	if known := src.Interfaces(); len(known) > 0 {
		links = links[:0]
		for _, i := range known {
			links = append(links, i.Link)
		}
	}
	for _, link := range links {
		if _, err := s.program(link); err != nil {
			return nil, err
		}
	}
	return s, nil
}

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
	for i := range b.Frames {
		f := &b.Frames[i]
		p, compileErr := s.program(f.Link)
		if compileErr != nil {
			b.Frames = kept
			return compileErr
		}
		s.read++
		if p.Match(f.Data, f.WireLen) {
			s.passed++
			kept = append(kept, *f)
		}
	}
	b.Frames = kept
	return err //nolint:wrapcheck // the wrapped source's own
}

// Counters returns the frames read and those that matched.
func (s *Source) Counters() (read, passed uint64) { return s.read, s.passed }
