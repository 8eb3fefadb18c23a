package engine_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/internal/tracegen"
)

// namer is a check that notes the name of each flow that is detected.
type namer struct{ seen []string }

func (n *namer) Info() check.Info {
	return check.Info{Name: "namer", Language: "Go", Hooks: check.HooksOf(check.FlowDetected)}
}
func (n *namer) Start(check.Settings) (check.Instance, error) { return n, nil }
func (n *namer) Close()                                       {}
func (n *namer) Run(c *check.Call) error {
	_, port := c.Flow.Server()
	n.seen = append(n.seen, fmt.Sprintf("%d %s %v", port, c.Flow.DPI.Name(), c.Flow.DPI.Confidence))
	return nil
}

// A flow that was given up, and that gets its name from the server's name in DNS at its
// end, is detected twice.
func TestRenamedFlowIsDetectedAgain(t *testing.T) {
	t.Parallel()
	noise := func(context.Context) ([]tracegen.Message, error) {
		messages := make([]tracegen.Message, 60)
		for i := range messages {
			messages[i] = tracegen.Message{FromServer: i%2 == 1, Data: tracegen.Noise(uint64(i), 400)}
		}
		return messages, nil
	}
	tr := tracegen.New(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
	tr.Add(tracegen.UDP{
		Client: tracegen.At("192.168.1.20:40001"), Server: tracegen.At("192.168.1.1:53"),
		Exchange: tracegen.DNS(tracegen.Lookup{Name: "www.netflix.com", Answers: []string{"www.netflix.com. 300 IN A 203.0.113.10"}}),
	})
	tr.Add(tracegen.TCP{
		At: time.Second, Client: tracegen.At("192.168.1.20:40002"), Server: tracegen.At("203.0.113.10:39000"), Exchange: noise,
	})
	// Later batches, so that the flow goes on when its detection is given up.
	tr.Add(tracegen.TCP{
		At: 70 * time.Second, Client: tracegen.At("192.168.1.20:40003"), Server: tracegen.At("203.0.113.11:80"), Exchange: tracegen.HTTP1(tracegen.Request{Host: "www.example.com", Path: "/"}),
	})
	frames, err := tr.Frames()
	require.NoError(t, err)
	var capture bytes.Buffer
	require.NoError(t, tracegen.WritePcap(&capture, frames))
	for _, workers := range []int{1, 3} {
		n := new(namer)
		r, err := check.NewRunner([]check.Check{n}, nil, nil)
		require.NoError(t, err)
		analyse(t, capture.Bytes(), engine.Config{Workers: workers, Protocols: registry(t), Checks: r})
		var told []string
		for _, s := range n.seen {
			if s[:5] == "39000" {
				told = append(told, s)
			}
		}
		require.Equal(t, []string{"39000  Unknown", "39000 NetFlix DPI (cache)"}, told, n.seen)
	}
}
