package notify

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// refusedError is of a message that will be taken no better the next time.
type refusedError struct{ error }

func (e refusedError) Unwrap() error { return e.error }

// laterError says when to try again.
type laterError struct {
	error
	wait time.Duration
}

func (e laterError) Unwrap() error { return e.error }

// Times between attempts.
const (
	firstPause   = time.Second
	longestPause = time.Minute
	// longestWish is how long a recipient may have us wait.
	longestWish = 5 * time.Minute
)

// pause returns how long to wait after so many failures: twice as long each time, less a
// random part, so that many who failed together do not come back together.
func pause(failures uint64, err error) time.Duration {
	d := longestPause
	if failures < 7 {
		d = min(d, firstPause<<(failures-1))
	}
	d = d/2 + rand.N(d/2)
	var later laterError
	if errors.As(err, &later) {
		d = max(d, min(later.wait, longestWish))
	}
	return d
}

// recovered makes an error of a panic: a fault in one way to send costs the message at hand.
func recovered(p any) error {
	return refusedError{fmt.Errorf("cannot send: a fault of the engine, please report it: %v", p)}
}
