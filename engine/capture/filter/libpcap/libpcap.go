// Package libpcap compiles pcap filter expressions with libpcap, so that their
// syntax is exactly that of tcpdump (man pcap-filter). It needs cgo.
package libpcap

import (
	"fmt"

	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcap"
	"golang.org/x/net/bpf"

	"github.com/flowloom/flowloom/engine/capture/filter"
	"github.com/flowloom/flowloom/engine/packet"
)

// snaplen is what a program of libpcap returns for a match; any but zero will do.
const snaplen = 262144

// Compile turns an expression into a program for frames of a link type. Its errors
// are libpcap's own; where the expression does not suit the link type, which can only
// be told for sure on others than Ethernet, they name it.
func Compile(expr string, link packet.LinkType) (*filter.Program, error) {
	code, err := pcap.CompileBPFFilter(layers.LinkType(dlt(link)), snaplen, expr)
	if err != nil {
		return nil, fmt.Errorf("cannot compile the filter %q for link type %s: %w (see man pcap-filter)", expr, link, err)
	}
	raw := make([]bpf.RawInstruction, len(code))
	for i, in := range code {
		raw[i] = bpf.RawInstruction{Op: in.Code, Jt: in.Jt, Jf: in.Jf, K: in.K}
	}
	p, err := filter.NewProgram(raw)
	if err != nil {
		return nil, fmt.Errorf("cannot compile the filter %q: %w", expr, err)
	}
	return p, nil
}

// dlt translates the link type of a file, which is the same everywhere, into the one
// of the programming interface: raw IP has a number of its own there.
func dlt(link packet.LinkType) packet.LinkType {
	switch link {
	case packet.LinkRaw, packet.LinkRawOpenBSD:
		return packet.LinkRawDLT
	default:
		return link
	}
}
