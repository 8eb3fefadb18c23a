package flow

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// data is a segment of the client that was sent n milliseconds after the start.
func data(n int, from, length uint32) *packet.Packet {
	return tcpPacket(time.Duration(n)*time.Millisecond, client(), server(), flags(packet.ACK), seq(from), payload(length))
}

func TestSegmentsAreClassified(t *testing.T) {
	t.Parallel()
	cli := func(f uint8, s uint32, options ...option) *packet.Packet {
		return tcpPacket(0, client(), server(), append([]option{flags(f), seq(s)}, options...)...)
	}
	for name, tt := range map[string]struct {
		packets     []*packet.Packet
		again, late uint64
	}{
		"in order":                   {[]*packet.Packet{data(0, 100, 10), data(1, 110, 10), data(2, 120, 10)}, 0, 0},
		"the same again":             {[]*packet.Packet{data(0, 100, 10), data(1, 100, 10)}, 1, 0},
		"again and more":             {[]*packet.Packet{data(0, 100, 10), data(1, 100, 20), data(2, 120, 5)}, 1, 0},
		"part of it again":           {[]*packet.Packet{data(0, 100, 30), data(1, 110, 10)}, 1, 0},
		"swapped":                    {[]*packet.Packet{data(0, 100, 10), data(1, 120, 10), data(2, 110, 10), data(3, 130, 10)}, 0, 1},
		"swapped, then again":        {[]*packet.Packet{data(0, 100, 10), data(1, 120, 10), data(2, 110, 10), data(3, 110, 10)}, 1, 1},
		"a hole filled in order":     {[]*packet.Packet{data(0, 100, 10), data(1, 140, 10), data(2, 110, 10), data(3, 120, 10), data(4, 130, 10)}, 0, 3},
		"a hole filled backwards":    {[]*packet.Packet{data(0, 100, 10), data(1, 140, 10), data(2, 130, 10), data(3, 120, 10), data(4, 110, 10)}, 0, 3},
		"two holes filled in order":  {[]*packet.Packet{data(0, 100, 10), data(1, 120, 10), data(2, 140, 10), data(3, 110, 10), data(4, 130, 10)}, 0, 2},
		"beyond the hole":            {[]*packet.Packet{data(0, 100, 10), data(1, 120, 10), data(2, 110, 20)}, 1, 0},
		"across the wrap":            {[]*packet.Packet{data(0, math.MaxUint32-4, 10), data(1, 5, 10), data(2, 15, 10)}, 0, 0},
		"again across the wrap":      {[]*packet.Packet{data(0, math.MaxUint32-4, 10), data(1, 5, 10), data(2, math.MaxUint32-4, 10)}, 1, 0},
		"swapped across the wrap":    {[]*packet.Packet{data(0, math.MaxUint32-14, 10), data(1, 5, 10), data(2, math.MaxUint32-4, 10)}, 0, 1},
		"pure ACKs":                  {[]*packet.Packet{data(0, 100, 10), cli(packet.ACK, 110), cli(packet.ACK, 110), cli(packet.ACK, 100)}, 0, 0},
		"keep-alive without payload": {[]*packet.Packet{data(0, 100, 10), cli(packet.ACK, 109)}, 0, 0},
		"keep-alive with a byte":     {[]*packet.Packet{data(0, 100, 10), cli(packet.ACK, 109, payload(1)), data(1, 110, 10)}, 0, 0},
		"SYN again":                  {[]*packet.Packet{cli(packet.SYN, 99), cli(packet.SYN, 99), cli(packet.SYN, 99)}, 2, 0},
		"SYN again after data":       {[]*packet.Packet{cli(packet.SYN, 99), data(0, 100, 10), cli(packet.SYN, 99), data(1, 110, 10), data(2, 110, 10)}, 2, 0},
		"FIN again":                  {[]*packet.Packet{data(0, 100, 10), cli(packet.FIN|packet.ACK, 110), cli(packet.FIN|packet.ACK, 110)}, 1, 0},
		"RST counts nothing":         {[]*packet.Packet{data(0, 100, 10), cli(packet.RST, 100, payload(10)), cli(packet.RST, 5000)}, 0, 0},
		"no header, no verdict":      {[]*packet.Packet{data(0, 100, 10), cli(0, 0, payload(500), window(0)), data(1, 110, 10)}, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newBench(t, Config{}).packets(tt.packets...).one()
			require.Equal(t, tt.again, num(t, r, "cli2srv_retransmissions"), "retransmissions")
			require.Equal(t, tt.late, num(t, r, "cli2srv_out_of_order"), "out of order")
			require.Zero(t, num(t, r, "srv2cli_retransmissions"))
			require.Zero(t, num(t, r, "cli2srv_zero_windows"))
		})
	}
}

func TestZeroWindows(t *testing.T) {
	t.Parallel()
	r := newBench(t, Config{}).packets(
		tcpPacket(0, client(), server(), flags(packet.ACK), window(0)),
		tcpPacket(0, server(), client(), flags(packet.ACK), window(0)),
		tcpPacket(0, server(), client(), flags(packet.ACK), window(0)),
		tcpPacket(0, server(), client(), flags(packet.RST), window(0)), // says nothing
	).one()
	require.EqualValues(t, 1, num(t, r, "cli2srv_zero_windows"))
	require.EqualValues(t, 2, num(t, r, "srv2cli_zero_windows"))
	require.EqualValues(t, packet.ACK|packet.RST, num(t, r, "srv2cli_tcp_flags"))
}

func TestRoundTrips(t *testing.T) {
	t.Parallel()
	ms := time.Millisecond
	syn := func(after time.Duration) *packet.Packet {
		return tcpPacket(after, client(), server(), flags(packet.SYN), seq(100))
	}
	synAck := func(after time.Duration) *packet.Packet {
		return tcpPacket(after, server(), client(), flags(packet.SYN|packet.ACK), seq(900), ack(101))
	}
	done := func(after time.Duration) *packet.Packet {
		return tcpPacket(after, client(), server(), flags(packet.ACK), seq(101), ack(901))
	}
	const none = time.Duration(-1)
	for name, tt := range map[string]struct {
		packets  []*packet.Packet
		srv, cli time.Duration
	}{
		"plain":              {[]*packet.Packet{syn(0), synAck(30 * ms), done(35 * ms)}, 30 * ms, 5 * ms},
		"within a tick":      {[]*packet.Packet{syn(0), synAck(0), done(0)}, 0, 0},
		"no answer":          {[]*packet.Packet{syn(0), syn(1000 * ms)}, none, none},
		"no ACK":             {[]*packet.Packet{syn(0), synAck(30 * ms)}, 30 * ms, none},
		"SYN not captured":   {[]*packet.Packet{synAck(30 * ms), done(35 * ms)}, none, 5 * ms},
		"the last SYN":       {[]*packet.Packet{syn(0), syn(1000 * ms), synAck(1030 * ms), done(1035 * ms)}, 30 * ms, 5 * ms},
		"the last SYN-ACK":   {[]*packet.Packet{syn(0), synAck(30 * ms), synAck(1030 * ms), done(1035 * ms)}, 30 * ms, 5 * ms},
		"only the first ACK": {[]*packet.Packet{syn(0), synAck(30 * ms), done(35 * ms), done(99 * ms)}, 30 * ms, 5 * ms},
		"an ACK of other data": {[]*packet.Packet{syn(0), synAck(30 * ms),
			tcpPacket(31*ms, client(), server(), flags(packet.ACK), seq(101), ack(5)), done(35 * ms)}, 30 * ms, 5 * ms},
		"midstream": {[]*packet.Packet{done(0), done(5 * ms)}, none, none},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newBench(t, Config{}).packets(tt.packets...).one()
			for field, want := range map[string]time.Duration{"srv_rtt": tt.srv, "cli_rtt": tt.cli} {
				v := value(t, r, field)
				require.Equal(t, want == none, v.IsNull(), field)
				if want != none {
					require.Equal(t, int64(want), v.Int(), field)
				}
			}
		})
	}
}

func TestApplicationLatency(t *testing.T) {
	t.Parallel()
	ms := time.Millisecond
	syn := tcpPacket(0, client(), server(), flags(packet.SYN))
	cli := func(n time.Duration) *packet.Packet {
		return tcpPacket(n, client(), server(), flags(packet.ACK), seq(1), payload(5))
	}
	srv := func(n time.Duration) *packet.Packet {
		return tcpPacket(n, server(), client(), flags(packet.ACK), seq(1), payload(5))
	}
	for name, tt := range map[string]struct {
		packets []*packet.Packet
		want    time.Duration
	}{
		"request and response":  {[]*packet.Packet{syn, cli(10 * ms), srv(25 * ms), srv(30 * ms)}, 15 * ms},
		"from the first packet": {[]*packet.Packet{syn, cli(10 * ms), cli(20 * ms), srv(25 * ms)}, 15 * ms},
		"the server greets":     {[]*packet.Packet{syn, srv(10 * ms), cli(20 * ms), srv(25 * ms)}, -1},
		"start not seen":        {[]*packet.Packet{cli(10 * ms), srv(25 * ms)}, -1},
		"UDP":                   {[]*packet.Packet{udpPacket(0, client(), server(), payload(5)), udpPacket(7*ms, server(), client(), payload(5))}, 7 * ms},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := value(t, newBench(t, Config{}).packets(tt.packets...).one(), "app_latency")
			require.Equal(t, tt.want < 0, v.IsNull())
			require.Equal(t, max(int64(tt.want), 0), v.Int())
		})
	}
}

func TestPortReuse(t *testing.T) {
	t.Parallel()
	syn := func(after time.Duration, n uint32) *packet.Packet {
		return tcpPacket(after, client(), server(), flags(packet.SYN), seq(n))
	}
	rst := tcpPacket(time.Second, server(), client(), flags(packet.RST|packet.ACK))
	for name, tt := range map[string]struct {
		packets []*packet.Packet
		reasons []string
	}{
		"SYN again":                  {[]*packet.Packet{syn(0, 1), syn(time.Second, 1), syn(20*time.Second, 1)}, []string{"end_of_input"}},
		"SYN again after RST":        {[]*packet.Packet{syn(0, 1), rst, syn(2*time.Second, 1)}, []string{"rst"}},
		"another SYN after RST":      {[]*packet.Packet{syn(0, 1), rst, syn(2*time.Second, 2)}, []string{"rst", "end_of_input"}},
		"another SYN soon":           {[]*packet.Packet{syn(0, 1), syn(time.Second, 2)}, []string{"end_of_input"}},
		"another SYN after a pause":  {[]*packet.Packet{syn(0, 1), syn(11*time.Second, 2)}, []string{"idle", "end_of_input"}},
		"after a flow without start": {[]*packet.Packet{data(0, 5, 1), syn(11*time.Second, 2)}, []string{"idle", "end_of_input"}},
		"SYN-ACK on a closed flow":   {[]*packet.Packet{syn(0, 1), rst, tcpPacket(2*time.Second, server(), client(), flags(packet.SYN|packet.ACK))}, []string{"rst"}},
		"SYN with RST":               {[]*packet.Packet{syn(0, 1), rst, tcpPacket(2*time.Second, client(), server(), flags(packet.SYN|packet.RST), seq(9))}, []string{"rst"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.reasons, reasons(newBench(t, Config{}).packets(tt.packets...).records()))
		})
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		packets []*packet.Packet
		state   string
	}{
		"syn":         {[]*packet.Packet{tcpPacket(0, client(), server(), flags(packet.SYN))}, "syn"},
		"established": {[]*packet.Packet{tcpPacket(0, client(), server(), flags(packet.SYN)), tcpPacket(0, server(), client(), flags(packet.SYN|packet.ACK))}, "established"},
		"midstream":   {[]*packet.Packet{data(0, 1, 1)}, "midstream"},
		"one way":     {[]*packet.Packet{udpPacket(0, client(), server())}, "one_way"},
		"refused":     {[]*packet.Packet{tcpPacket(0, client(), server(), flags(packet.SYN)), tcpPacket(0, server(), client(), flags(packet.RST|packet.ACK))}, "reset"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.state, str(t, newBench(t, Config{}).packets(tt.packets...).one(), "state"))
		})
	}
}
