package notify

import (
	"context"
	"os"
	"sync"
	"time"

	"github.com/flowloom/flowloom/engine/alert"
)

// Result is how a test alert fared.
type Result struct {
	Name, Kind string
	// Took is how long the attempt was.
	Took time.Duration
	// Err is nil when the recipient took it.
	Err error
}

// Try sends a test alert to each recipient, once, whatever it filters. It takes the place of
// Start.
func (n *Notifier) Try(ctx context.Context) []Result {
	results := make([]Result, len(n.all))
	host, _ := os.Hostname()
	now := time.Now()
	m := message{action: alert.Began.String(), id: newID(), Alert: alert.Alert{
		Finding: alert.Finding{
			Check: "test", Entity: alert.System, Subject: host, Score: 50, Time: now.UnixNano(),
			Message: "This is a test of who is told of alerts",
		},
		Last: now.UnixNano(), Count: 1,
	}}
	var wg sync.WaitGroup
	for i, r := range n.all {
		wg.Go(func() {
			begin := time.Now()
			err := r.attempt(ctx, []message{m})
			results[i] = Result{Name: r.Name, Kind: r.stats.Kind, Took: time.Since(begin), Err: err}
			r.to.close()
		})
	}
	wg.Wait()
	return results
}
