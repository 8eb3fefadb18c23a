package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/flowloom/flowloom/engine"
)

// progress draws a bar on a terminal while the engine runs.
type progress struct {
	quit chan struct{}
	wg   sync.WaitGroup
}

// barAfter spares short runs the flicker of a bar.
const barAfter = 300 * time.Millisecond

// startProgress draws on w if it is a terminal and the user wants it.
func startProgress(w io.Writer, eng *engine.Engine, quiet bool) *progress {
	p := &progress{quit: make(chan struct{})}
	if !quiet && isTerminal(w) {
		p.wg.Go(func() { p.draw(w, eng) })
	}
	return p
}

// stop takes the bar away; the cursor is at the start of an empty line.
func (p *progress) stop() {
	close(p.quit)
	p.wg.Wait()
}

func (p *progress) draw(w io.Writer, eng *engine.Engine) {
	start := time.Now()
	timer := time.NewTimer(barAfter)
	defer timer.Stop()
	drawn := false
	for {
		select {
		case <-p.quit:
			if drawn {
				fmt.Fprint(w, "\r\x1b[K")
			}
			return
		case <-timer.C:
			timer.Reset(100 * time.Millisecond)
			packets, done, total := eng.Progress()
			fmt.Fprint(w, "\r", bar(packets, done, total, time.Since(start)), "\x1b[K")
			drawn = true
		}
	}
}

const barWidth = 30

// bar returns one line: share done, rate, and time left when the total is known.
func bar(packets uint64, done, total int64, elapsed time.Duration) string {
	rate := float64(packets) / max(elapsed.Seconds(), 1e-9)
	text := fmt.Sprintf("%s packets  %s packets/s", thousands(packets), thousands(uint64(rate)))
	if total <= 0 {
		return text
	}
	share := min(float64(done)/float64(total), 1)
	full := int(share * barWidth)
	left := ""
	if share > 0.02 {
		rest := time.Duration(float64(elapsed) * (1 - share) / share)
		left = fmt.Sprintf("  %s left", rest.Round(time.Second))
	}
	return fmt.Sprintf("%s%s %3.0f %%  %s%s", strings.Repeat("█", full), strings.Repeat("░", barWidth-full), share*100, text, left)
}
