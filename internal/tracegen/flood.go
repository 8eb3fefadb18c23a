package tracegen

import (
	"encoding/binary"
	"iter"
	"net/netip"
	"time"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/packet"
)

// FloodConfig describes a [Flood].
type FloodConfig struct {
	// Start is the time of the first frame; the zero time is that of the scenarios.
	Start time.Time
	// Flows is the number of distinct flows, all of them open at the same time.
	Flows int
	// First is the number of the first flow. Floods with ranges of flows that do not
	// overlap have no 5-tuple in common, up to 2^30 flows altogether.
	First int
	// Rounds is the number of packets in each flow, 4 when 0: one in each round
	// over all the flows.
	Rounds int
	// Gap is the time between frames, 1 microsecond when 0.
	Gap time.Duration
	// UDP makes datagrams instead of TCP connections.
	UDP bool
}

// Clients of a flood are in 10.0.0.0/8; each has floodPorts flows. Its servers
// are in 198.18.0.0/15, the range for benchmarks (RFC 2544).
const (
	floodPorts   = 64
	floodServers = 1 << 17
)

// Flood yields the frames of many flows in constant memory, for tests of scale.
// TCP flows are a handshake and then data of both sides in turn; they stay open.
// A frame's data is valid until the next frame. All numbers of flow i follow
// from i, so equal configurations give equal frames.
func Flood(cfg FloodConfig) iter.Seq[capture.Frame] {
	if cfg.Start.IsZero() {
		cfg.Start = scenarioStart()
	}
	if cfg.Rounds == 0 {
		cfg.Rounds = 4
	}
	if cfg.Gap == 0 {
		cfg.Gap = time.Microsecond
	}
	return func(yield func(capture.Frame) bool) {
		at := cfg.Start.UnixNano()
		var buf, l4 []byte
		for round := range cfg.Rounds {
			for i := range cfg.Flows {
				buf, l4 = floodFrame(buf[:0], l4[:0], cfg, uint32(cfg.First+i), round)
				f := capture.Frame{Time: at, Data: buf, WireLen: uint32(len(buf)), Link: packet.LinkEthernet}
				if !yield(f) {
					return
				}
				at += int64(cfg.Gap)
			}
		}
	}
}

// floodFrame appends the frame of a flow in a round, with l4 as scratch memory.
func floodFrame(b, l4 []byte, cfg FloodConfig, flow uint32, round int) (frame, scratch []byte) {
	src, dst := floodEndpoints(flow)
	fromServer := round%2 == 1
	macs := [2][6]byte{{0x02, 1}, {0x02, 2}}
	if fromServer {
		src, dst, macs = dst, src, [2][6]byte{macs[1], macs[0]}
	}
	h := ipHeader{src: src.Addr(), dst: dst.Addr(), proto: protoTCP, ttl: 64, id: flow + uint32(round)}
	if cfg.UDP {
		h.proto = protoUDP
		l4 = appendUDP(l4, src, dst, floodPayload)
	} else {
		l4 = floodSegment(l4, src, dst, flow, round)
	}
	b = appendEthernet(b, macs[0], macs[1], etherIPv4)
	b = appendIPv4(b, h, 0x4000, l4)
	for len(b) < minEthernet {
		b = append(b, 0)
	}
	return b, l4
}

var floodPayload = []byte("flood: sixteen b")

// floodSegment appends the segment of a TCP flow: SYN, SYN/ACK, ACK with data,
// then data in turn.
func floodSegment(b []byte, src, dst netip.AddrPort, flow uint32, round int) []byte {
	data, flags := floodPayload, packet.ACK|packet.PSH
	switch round {
	case 0:
		data, flags = nil, packet.SYN
	case 1:
		data, flags = nil, packet.SYN|packet.ACK
	}
	// Round r >= 2 is the (r/2)-th with data of its sender, which has used one
	// number for its SYN.
	n := uint32(len(floodPayload))
	isn := [2]uint32{flow * 2654435761, flow * 2246822519}
	me, peer := isn[round%2], isn[1-round%2]
	seq, ack := me, uint32(0)
	if round >= 1 {
		ack = peer + 1 + uint32((round-1)/2)*n
	}
	if round >= 2 {
		seq = me + 1 + uint32(round/2-1)*n
	}
	b = be16(b, src.Port())
	b = be16(b, dst.Port())
	b = be32(b, seq)
	b = be32(b, ack)
	b = append(b, tcpHeader/4<<4, flags)
	b = be16(b, uint16(window))
	b = append(b, 0, 0, 0, 0)
	b = append(b, data...)
	setChecksum(b, 16, src.Addr(), dst.Addr(), protoTCP)
	return b
}

// floodEndpoints spreads flow numbers over clients, client ports and servers.
func floodEndpoints(flow uint32) (src, dst netip.AddrPort) {
	var c, s [4]byte
	binary.BigEndian.PutUint32(c[:], 10<<24|(flow/floodPorts+1)&0xffffff)
	binary.BigEndian.PutUint32(s[:], 198<<24|18<<16+flow*40503%floodServers)
	return netip.AddrPortFrom(netip.AddrFrom4(c), uint16(32768+flow%floodPorts)),
		netip.AddrPortFrom(netip.AddrFrom4(s), 80)
}
