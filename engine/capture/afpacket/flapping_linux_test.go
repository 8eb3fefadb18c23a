package afpacket

import (
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/internal/netlab"
)

// An interface that comes and goes ends no capture, however many rings it has.
func TestFlapping(t *testing.T) {
	for _, rings := range []int{1, 2} {
		near, far := netlab.Pair(t)
		s := start(t, Config{Rings: rings}, near)
		var b capture.Batch
		require.NoError(t, s.Read(&b))
		stop := make(chan struct{})
		done := make(chan struct{})
		go func() {
			defer close(done)
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				_ = exec.Command("ip", "link", "del", near).Run()
				time.Sleep(time.Duration(n%50) * time.Millisecond)
				_ = exec.Command("ip", "link", "add", near, "type", "veth", "peer", "name", far).Run()
				_ = exec.Command("ip", "link", "set", near, "up").Run()
				time.Sleep(time.Duration(n%37) * time.Millisecond)
			}
		}()
		end := time.Now().Add(3 * time.Second)
		for time.Now().Before(end) {
			if err := s.Read(&b); err != nil {
				t.Errorf("%d rings: %v", rings, err)
				break
			}
		}
		close(stop)
		<-done
		_ = exec.Command("ip", "link", "del", near).Run()
	}
}
