package afpacket

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/internal/netlab"
)

// The time that a batch tells is not beyond frames that wait.
func TestNowWithABacklog(t *testing.T) {
	near, far := netlab.Pair(t)
	s, out := start(t, Config{}, near), netlab.NewSender(t, far)
	for n := range 30 {
		out.Send(t, netlab.Frame(uint32(n), 60))
		time.Sleep(50 * time.Millisecond)
	}
	var told int64
	var worst time.Duration
	for range 40 {
		var b capture.Batch
		require.NoError(t, s.Read(&b))
		for _, f := range b.Frames {
			worst = max(worst, time.Duration(told-f.Time))
		}
		told = max(told, b.Now)
	}
	require.Less(t, worst, 60*time.Millisecond)
}
