package afpacket

import (
	"fmt"
	"time"

	"github.com/flowloom/flowloom/engine/capture/filter"
	"github.com/flowloom/flowloom/engine/packet"
)

// Config holds the settings of a capture. Zero fields stand for defaults.
type Config struct {
	// SnapLen is how much is kept of each frame, in bytes; default 65535.
	SnapLen int
	// Ring is the memory of each interface for frames that wait to be read, in bytes;
	// default 64 MiB. It bounds how long the reader may be late.
	Ring int
	// Quiet leaves an interface in its mode: only frames for this machine, and what
	// every machine gets. Otherwise it is promiscuous.
	Quiet bool
	// Rings is the number of rings of each interface; default 1. The kernel gives all
	// frames of a flow to one of them. An interface with several that goes away for good
	// and comes back can be captured on only by who has the right to.
	Rings int
	// Filter makes the program that frames of a link type have to match; nil lets all pass.
	// The kernel runs it where it can, and then the others never enter a ring.
	Filter func(packet.LinkType) (*filter.Program, error)
}

const (
	// blockSize is the part of a ring that changes hands in one go.
	blockSize = 1 << 20
	// retire is how long a frame waits for its block to be filled.
	retire = 20 * time.Millisecond
	// patience is how long Read waits for frames before it tells just the time.
	patience = 100 * time.Millisecond

	maxSnapLen = 1 << 18
	maxRing    = 1 << 31
	maxRings   = 64
)

// Check says what is wrong with the settings.
func (c Config) Check() error {
	_, err := c.withDefaults()
	return err
}

func (c Config) withDefaults() (Config, error) {
	if c.SnapLen == 0 {
		c.SnapLen = 65535
	}
	if c.Ring == 0 {
		c.Ring = 64 << 20
	}
	if c.Rings == 0 {
		c.Rings = 1
	}
	if c.Rings < 1 || c.Rings > maxRings {
		return c, fmt.Errorf("cannot use %d rings: choose 1 to %d", c.Rings, maxRings)
	}
	if c.SnapLen < 64 || c.SnapLen > maxSnapLen {
		return c, fmt.Errorf("cannot keep %d bytes of each frame: choose 64 to %d", c.SnapLen, maxSnapLen)
	}
	if c.Ring/c.Rings < 2*blockSize || c.Ring > maxRing {
		return c, fmt.Errorf("cannot use %d MiB of memory for rings (%d of an interface): choose %d to %d", c.Ring>>20, c.Rings, 2*blockSize*c.Rings>>20, maxRing>>20)
	}
	return c, nil
}
