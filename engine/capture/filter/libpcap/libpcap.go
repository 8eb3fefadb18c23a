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

const snaplen = 262144

// Compile turns an expression into a program for frames of a link type.
func Compile(expr string, link packet.LinkType) (*filter.Program, error) {
	code, err := pcap.CompileBPFFilter(layers.LinkType(dlt(link)), snaplen, expr)
	if err != nil {
		return nil, fmt.Errorf("cannot compile the filter %q: %w (see man pcap-filter)", expr, err)
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

// dlt translates file link types that libpcap knows under another number on this
// system.
func dlt(link packet.LinkType) packet.LinkType {
	if link == packet.LinkRaw {
		return packet.LinkRawDLT
	}
	return link
}
