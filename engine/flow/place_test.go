package flow

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/enrich"
	"github.com/flowloom/flowloom/engine/packet"
)

// noted hands over the only delta after it has noted where its sides are.
func noted(t *testing.T, s *Shard, out *Output) {
	t.Helper()
	require.Len(t, out.Deltas, 1)
	out.Deltas[0].Where = [2]Place{{Where: Local}, {Where: Remote, About: &enrich.AddressInfo{Location: enrich.Location{Country: "NL"}}}}
	s.Take(out)
}

func tell(s *Shard, out *Output, packets ...*packet.Packet) {
	for _, p := range packets {
		s.Packet(p, p.Time, 0)
	}
	s.Advance(s.clock)
	s.Advance(s.clock + int64(DefaultTick))
	s.Take(out)
}

// What the receiver of a delta says of its sides is seen in the flow that goes on.
func TestFlowsThatGoOnArePlaced(t *testing.T) {
	t.Parallel()
	s, err := NewShard(Config{}, nil)
	require.NoError(t, err)
	var out Output
	tell(s, &out, udpPacket(0, client(), server()))
	noted(t, s, &out)
	seen := 0
	for r := range s.All() {
		seen++
		require.Equal(t, [3]string{"local", "remote", "NL"}, [3]string{str(t, r, "cli_location"), str(t, r, "srv_location"), str(t, r, "srv_country")})
	}
	require.Equal(t, 1, seen)
}

// The flow of a delta can be over when it comes back, and its record another's.
func TestPlacesAreOfTheirFlow(t *testing.T) {
	t.Parallel()
	s, err := NewShard(Config{}, nil)
	require.NoError(t, err)
	var out, later Output
	tell(s, &out, udpPacket(0, client(), server()))
	s.Advance(start + int64(time.Hour)) // it ends
	s.Take(&later)
	require.Len(t, later.Ended, 1)
	s.Take(&later) // its record is free
	p := udpPacket(2*time.Hour, at("192.0.2.99", 1), server())
	s.Packet(p, p.Time, 0)
	noted(t, s, &out)
	for r := range s.All() {
		require.True(t, value(t, r, "cli_location").IsNull())
	}
}
