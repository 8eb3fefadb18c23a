package tracegen_test

import (
	"testing"
	"time"

	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/internal/tracegen"
)

var (
	cli = tracegen.At("192.0.2.1:50000")
	srv = tracegen.At("192.0.2.2:80")
)

// segment is a decoded TCP segment.
type segment struct {
	*layers.TCP
	at         time.Duration
	fromServer bool
}

func segments(t *testing.T, all []capture.Frame) []segment {
	t.Helper()
	var out []segment
	for _, f := range all {
		tcp, ok := decode(t, f).Layer(layers.LayerTypeTCP).(*layers.TCP)
		require.True(t, ok, "a frame without TCP")
		out = append(out, segment{tcp, time.Duration(f.Time - start.UnixNano()), tcp.SrcPort == 80})
	}
	return out
}

// stream puts one side's segments together by their sequence numbers and checks
// that repeated bytes are the same.
func stream(t *testing.T, all []segment, fromServer bool, n int) []byte {
	t.Helper()
	var isn uint32
	out, have := make([]byte, n), make([]bool, n)
	for _, s := range all {
		if s.fromServer != fromServer {
			continue
		}
		if s.SYN {
			isn = s.Seq
		}
	}
	for _, s := range all {
		for i, b := range s.Payload {
			if s.fromServer != fromServer {
				break
			}
			at := int(s.Seq-isn-1) + i
			require.Less(t, at, n, "more than was said")
			require.True(t, !have[at] || out[at] == b, "byte %d changed", at)
			out[at], have[at] = b, true
		}
	}
	require.NotContains(t, have, false, "bytes are missing")
	return out
}

// Whatever happens on the way, the streams are what the two sides said, and
// nobody acknowledges what was not captured before.
func TestStreamsAreTheConversation(t *testing.T) {
	t.Parallel()
	request, reply := tracegen.Text(4000), tracegen.Noise(1, 150_000)
	talk := tracegen.Script(
		tracegen.Message{Data: request}, tracegen.Message{FromServer: true, Data: reply},
		tracegen.Client("more"), tracegen.Server("no").After(time.Second))
	for name, flow := range map[string]tracegen.TCP{
		"plain":               {},
		"small segments":      {MSS: 100},
		"lost":                {Loss: tracegen.Loss{Rate: 0.05}},
		"lost before capture": {Loss: tracegen.Loss{Rate: 0.05, BeforeCapture: true}},
		"first and last lost": {Loss: tracegen.Loss{Segments: []int{0, 2, 3, 107, 108, 109}}},
		"reordered":           {Path: tracegen.Path{Reorder: 0.1}},
		"duplicated":          {Path: tracegen.Path{Duplicate: 0.1}},
		"zero window":         {ZeroWindow: 2 * time.Second},
		"reset":               {End: tracegen.ServerRST},
		"far away":            {RTT: 300 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			flow.Client, flow.Server, flow.Exchange = cli, srv, talk
			got := segments(t, frames(t, flow))
			require.Equal(t, string(request)+"more", string(stream(t, got, false, len(request)+4)))
			require.Equal(t, string(reply)+"no", string(stream(t, got, true, len(reply)+2)))
			if flow.Path.Reorder == 0 && !flow.Loss.BeforeCapture {
				requireHonestACKs(t, got)
			}
		})
	}
}

func requireHonestACKs(t *testing.T, all []segment) {
	t.Helper()
	var next, acked [2]uint32
	var seen [2]bool
	for i, s := range all {
		me := 0
		if s.fromServer {
			me = 1
		}
		end := s.Seq + uint32(len(s.Payload))
		if s.SYN || s.FIN {
			end++
		}
		if !seen[me] || int32(end-next[me]) > 0 {
			next[me], seen[me] = end, true
		}
		if s.ACK {
			require.LessOrEqual(t, int32(s.Ack-next[1-me]), int32(0), "segment %d acknowledges the future", i)
			require.GreaterOrEqual(t, int32(s.Ack-acked[1-me])*boolInt(acked[1-me] != 0), int32(0), "segment %d takes an acknowledgement back", i)
			acked[1-me] = s.Ack
		}
	}
}

func boolInt(b bool) int32 {
	if b {
		return 1
	}
	return 0
}

func TestRetransmission(t *testing.T) {
	t.Parallel()
	talk := tracegen.Script(tracegen.Message{Data: tracegen.Text(20_000)})
	count := func(loss tracegen.Loss) (data, late int) {
		got := segments(t, frames(t, tracegen.TCP{Client: cli, Server: srv, Exchange: talk, MSS: 1000, Loss: loss}))
		var high uint32
		for _, s := range got {
			if len(s.Payload) == 0 {
				continue
			}
			data++
			if data > 1 && int32(s.Seq-high) < 0 {
				late++
			}
			high = max(high, s.Seq)
		}
		return data, late
	}
	data, late := count(tracegen.Loss{})
	require.Equal(t, []int{20, 0}, []int{data, late})
	data, late = count(tracegen.Loss{Segments: []int{3, 4}})
	require.Equal(t, []int{22, 2}, []int{data, late})
	data, late = count(tracegen.Loss{Segments: []int{3, 4}, BeforeCapture: true})
	require.Equal(t, []int{20, 2}, []int{data, late})
}

func TestHandshakeTimes(t *testing.T) {
	t.Parallel()
	got := segments(t, frames(t, tracegen.TCP{
		At: time.Second, Client: cli, Server: srv, RTT: 40 * time.Millisecond, Exchange: tracegen.Lines("C: hello"),
	}))
	require.Equal(t, time.Second, got[0].at)
	require.Equal(t, 30*time.Millisecond, got[1].at-got[0].at, "the server's part of the round trip")
	require.Equal(t, 10*time.Millisecond, got[2].at-got[1].at, "the client's part")
}

func TestOpenAndEnd(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		open tracegen.Open
		end  tracegen.End
		want string
	}{
		"client closes": {tracegen.Handshake, tracegen.ClientFIN, "S s. . P p F. f. ."},
		"server closes": {tracegen.Handshake, tracegen.ServerFIN, "S s. . P p f. F. ."},
		"client resets": {tracegen.Handshake, tracegen.ClientRST, "S s. . P p R."},
		"server resets": {tracegen.Handshake, tracegen.ServerRST, "S s. . P p r."},
		"stays open":    {tracegen.Handshake, tracegen.StayOpen, "S s. . P p ."},
		"mid-stream":    {tracegen.MidStream, tracegen.ClientFIN, "P p F. f. ."},
		"refused":       {tracegen.Refused, tracegen.ClientFIN, "S r."},
		"unanswered":    {tracegen.Unanswered, tracegen.ClientFIN, "S S S"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := segments(t, frames(t, tracegen.TCP{
				Client: cli, Server: srv, Open: tc.open, End: tc.end, Exchange: tracegen.Lines("C: hello", "S: world"),
			}))
			require.Equal(t, tc.want, flagString(got))
		})
	}
}

// flagString writes client flags in capitals and the server's small; "P" is data
// and "." a bare ACK or the ACK bit of a control segment.
func flagString(all []segment) string {
	out := ""
	for _, s := range all {
		kind := ""
		switch {
		case s.SYN:
			kind = "S"
		case s.FIN:
			kind = "F"
		case s.RST:
			kind = "R"
		case len(s.Payload) > 0:
			kind = "P"
		}
		if s.fromServer && kind != "" {
			kind = string(kind[0] + 'a' - 'A')
		}
		if s.ACK && len(s.Payload) == 0 {
			kind += "."
		}
		if out != "" {
			out += " "
		}
		out += kind
	}
	return out
}

func TestZeroWindow(t *testing.T) {
	t.Parallel()
	got := segments(t, frames(t, tracegen.TCP{
		Client: cli, Server: srv, ZeroWindow: 2 * time.Second,
		Exchange: tracegen.Script(tracegen.Client("get"), tracegen.Message{FromServer: true, Data: tracegen.Text(50_000)}),
	}))
	var closed, opened time.Duration
	for _, s := range got {
		switch {
		case s.fromServer || s.SYN:
		case s.Window == 0:
			closed = max(closed, s.at)
			opened = 0
		case closed > 0 && opened == 0:
			opened = s.at
		case opened == 0:
		}
		if closed > 0 && opened == 0 {
			require.Empty(t, s.Payload, "data into a closed window")
		}
	}
	require.NotZero(t, closed)
	require.Greater(t, opened, closed)
}
