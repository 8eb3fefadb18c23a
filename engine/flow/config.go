package flow

import (
	"fmt"
	"time"
)

// Defaults of [Config].
const (
	DefaultMaxFlows      = 2_000_000
	DefaultTCPTimeout    = 5 * time.Minute
	DefaultUDPTimeout    = 2 * time.Minute
	DefaultICMPTimeout   = time.Minute
	DefaultOtherTimeout  = time.Minute
	DefaultLinger        = 10 * time.Second
	DefaultActiveTimeout = 30 * time.Minute
	DefaultTick          = 5 * time.Second
)

// Bounds of the settings. The longest idle timeout sets the size of the ring of
// seconds; flows are numbered in 32 bits.
const (
	maxIdle     = 24 * time.Hour
	maxActive   = 10 * 365 * 24 * time.Hour
	maxMaxFlows = 1 << 30
)

// Config bounds the flow table. Zero fields stand for their defaults.
type Config struct {
	// MaxFlows is the number of flows kept at a time. At the limit the flow that
	// was idle for longest gives way.
	MaxFlows int
	// TCPTimeout, UDPTimeout, ICMPTimeout and OtherTimeout end flows that were idle
	// for longer; at most 24 h.
	TCPTimeout, UDPTimeout, ICMPTimeout, OtherTimeout time.Duration
	// Linger is how long a TCP flow that was closed or reset waits for stray
	// packets before its record is given out; at most TCPTimeout.
	Linger time.Duration
	// ActiveTimeout ends the record of a flow that goes on for longer; the flow
	// continues in another record.
	ActiveTimeout time.Duration
	// Tick is the packet time between two deltas of a busy flow.
	Tick time.Duration
	// Detected and Periodic have the Output hold copies of the flows whose detection
	// has ended, and, each minute, of those that go on.
	Detected, Periodic bool
	// Parts has Periodic copies be parts of a flow, see [Part].
	Parts bool
	// Whole reports all flows at each tick at once, so that what hosts have then does
	// not depend on the number of shards.
	Whole bool
}

// SetIdle sets all idle timeouts to d; 0 leaves them as they are.
func (c *Config) SetIdle(d time.Duration) {
	if d != 0 {
		c.TCPTimeout, c.UDPTimeout, c.ICMPTimeout, c.OtherTimeout = d, d, d, d
	}
}

// Shard returns the settings of one of n shards of the table.
func (c Config) Shard(n int) Config {
	if c.MaxFlows == 0 {
		c.MaxFlows = DefaultMaxFlows
	}
	if n > 1 && c.MaxFlows > 0 {
		c.MaxFlows = (c.MaxFlows + n - 1) / n
	}
	return c
}

// withDefaults fills in defaults, or names the setting that is out of range.
func (c Config) withDefaults() (Config, error) {
	c = c.Shard(1)
	if c.MaxFlows < 1 || c.MaxFlows > maxMaxFlows {
		return c, fmt.Errorf("cannot keep %d flows: choose 1 to %d", c.MaxFlows, maxMaxFlows)
	}
	for _, d := range []struct {
		name     string
		value    *time.Duration
		standard time.Duration
		limit    time.Duration
	}{
		{"TCP timeout", &c.TCPTimeout, DefaultTCPTimeout, maxIdle},
		{"UDP timeout", &c.UDPTimeout, DefaultUDPTimeout, maxIdle},
		{"ICMP timeout", &c.ICMPTimeout, DefaultICMPTimeout, maxIdle},
		{"timeout of other protocols", &c.OtherTimeout, DefaultOtherTimeout, maxIdle},
		{"linger time", &c.Linger, DefaultLinger, maxIdle},
		{"active timeout", &c.ActiveTimeout, DefaultActiveTimeout, maxActive},
		{"tick", &c.Tick, DefaultTick, maxIdle},
	} {
		if *d.value == 0 {
			*d.value = d.standard
		}
		if *d.value < 0 || *d.value > d.limit {
			return c, fmt.Errorf("cannot use %v as %s: choose a time above 0, up to %v", *d.value, d.name, d.limit)
		}
	}
	c.Linger = min(c.Linger, c.TCPTimeout)
	return c, nil
}
