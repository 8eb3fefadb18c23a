package tracegen

import (
	"context"
	"math/rand/v2"
	"net/netip"
	"time"
)

// UDP is a flow of datagrams, one for each message of the exchange.
type UDP struct {
	// At is the time of the first frame since the trace's start.
	At             time.Duration
	Client, Server Endpoint
	Exchange       Exchange
	// RTT is the round-trip time, 20 ms when 0; see [TCP].
	RTT  time.Duration
	Path Path
}

func (u UDP) plan(ctx context.Context, _ *rand.Rand) (plan, error) {
	c, s := u.Client, u.Server
	payloads, err := datagrams(ctx, u.Exchange, u.At, newDelays(u.RTT))
	if err != nil {
		return plan{}, err
	}
	client, server := netip.AddrPortFrom(c.Addr, c.Port), netip.AddrPortFrom(s.Addr, s.Port)
	for i, p := range payloads {
		payloads[i].proto = protoUDP
		if p.fromServer {
			payloads[i].body = appendUDP(nil, server, client, p.body)
		} else {
			payloads[i].body = appendUDP(nil, client, server, p.body)
		}
	}
	pl := plan{client: c, server: s, path: u.Path, packets: payloads}
	if s.Addr.IsLinkLocalMulticast() {
		pl.hops = 255 // multicast DNS: RFC 6762, section 11
	}
	return pl, nil
}

// IP is a flow of an IP protocol without a transport header of ours: each
// message is the payload of one packet.
type IP struct {
	// At is the time of the first frame since the trace's start.
	At             time.Duration
	Client, Server Endpoint
	// Proto is the IANA protocol number.
	Proto    uint8
	Exchange Exchange
	// RTT is the round-trip time, 20 ms when 0; see [TCP].
	RTT  time.Duration
	Path Path
}

func (f IP) plan(ctx context.Context, _ *rand.Rand) (plan, error) {
	payloads, err := datagrams(ctx, f.Exchange, f.At, newDelays(f.RTT))
	for i := range payloads {
		payloads[i].proto = f.Proto
	}
	pl := plan{client: f.Client, server: f.Server, path: f.Path, packets: payloads}
	if f.Server.Addr.IsLinkLocalMulticast() {
		pl.hops = 1 // IGMP: RFC 3376, section 4
	}
	return pl, err
}

// datagrams times the messages of an exchange.
func datagrams(ctx context.Context, ex Exchange, at time.Duration, d delays) ([]ipPayload, error) {
	messages, err := ex(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]ipPayload, 0, len(messages))
	for i, m := range messages {
		switch {
		case i == 0:
		case m.Wait > 0:
			at += m.Wait
		case m.FromServer != messages[i-1].FromServer:
			at += d.to(m.FromServer)
		default:
			at += serialization(len(m.Data))
		}
		out = append(out, ipPayload{at: at, fromServer: m.FromServer, body: m.Data})
	}
	return out, nil
}

// delays are the round trips from the point of capture to the two ends. The
// capture sits near the client: a quarter of the way.
type delays struct{ client, server time.Duration }

func newDelays(rtt time.Duration) delays {
	if rtt == 0 {
		rtt = 20 * time.Millisecond
	}
	return delays{client: rtt / 4, server: rtt - rtt/4}
}

// to is the time in which a side answers what was just captured.
func (d delays) to(server bool) time.Duration {
	if server {
		return d.server
	}
	return d.client
}

func (d delays) rtt() time.Duration { return d.client + d.server }

// serialization is the time that n bytes take at 100 Mbit/s with their headers.
func serialization(n int) time.Duration { return time.Duration(n+66) * 80 * time.Nanosecond }
