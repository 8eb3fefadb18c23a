package tracegen

import (
	"context"
	"encoding/binary"
	"math/rand/v2"
	"time"
)

// Echo is a ping: echo requests and their replies (RFC 792, RFC 4443 section 4).
type Echo struct {
	// At is the time of the first frame since the trace's start.
	At             time.Duration
	Client, Server Endpoint
	// Count is the number of requests; Interval the time between them, 1 s when 0;
	// Size the bytes of data in each, 56 when 0.
	Count    int
	Interval time.Duration
	Size     int
	// Lost leaves the requests without replies.
	Lost bool
	// RTT is the round-trip time, 20 ms when 0; see [TCP].
	RTT  time.Duration
	Path Path
}

func (e Echo) plan(_ context.Context, rng *rand.Rand) (plan, error) {
	if e.Interval == 0 {
		e.Interval = time.Second
	}
	if e.Size == 0 {
		e.Size = 56
	}
	d, id := newDelays(e.RTT), uint16(rng.Uint32())
	pl := plan{client: e.Client, server: e.Server, path: e.Path}
	for seq := range e.Count {
		at := e.At + time.Duration(seq)*e.Interval
		pl.packets = append(pl.packets, e.packet(at, false, id, seq))
		if !e.Lost {
			pl.packets = append(pl.packets, e.packet(at+d.server, true, id, seq))
		}
	}
	return pl, nil
}

func (e Echo) packet(at time.Duration, reply bool, id uint16, seq int) ipPayload {
	src, dst, types, proto := e.Client.Addr, e.Server.Addr, [2]byte{8, 0}, uint8(protoICMP)
	if src.Is6() {
		types, proto = [2]byte{128, 129}, protoICMPv6
	}
	kind := types[0]
	if reply {
		kind, src, dst = types[1], dst, src
	}
	b := be16(be16([]byte{kind, 0, 0, 0}, id), seq)
	for i := range e.Size {
		b = append(b, byte(i))
	}
	if proto == protoICMPv6 {
		setChecksum(b, 2, src, dst, proto)
	} else {
		binary.BigEndian.PutUint16(b[2:], fold(sum(0, b)))
	}
	return ipPayload{at: at, fromServer: reply, proto: proto, body: b}
}

// ARP is a request by the client for the server's hardware address, and the
// reply (RFC 826). It is traffic without IP.
type ARP struct {
	// At is the time of the first frame since the trace's start.
	At             time.Duration
	Client, Server Endpoint
	Path           Path
}

func (a ARP) plan(context.Context, *rand.Rand) (plan, error) {
	request := arpBody(1, a.Client, a.Server)
	clear(request[18:24]) // what is asked for
	return plan{client: a.Client, server: a.Server, path: a.Path, packets: []ipPayload{
		{at: a.At, etherType: etherARP, body: request, broadcast: true},
		{at: a.At + 300*time.Microsecond, fromServer: true, etherType: etherARP, body: arpBody(2, a.Server, a.Client)},
	}}, nil
}

func arpBody(operation uint16, sender, target Endpoint) []byte {
	b := be16([]byte{0, 1, 0x08, 0x00, 6, 4}, operation)
	for _, e := range []Endpoint{sender, target} {
		mac, ip := e.mac(), e.Addr.As4()
		b = append(append(b, mac[:]...), ip[:]...)
	}
	return b
}
