package engine

import (
	"fmt"
	"runtime"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/packet"
)

// Config holds the settings of an [Engine]. The zero value is the default.
type Config struct {
	// Workers is the number of shards of the flow table; default one for each
	// processor, at most 64.
	Workers int
	Packet  packet.Options
	// Protocols are what flows are told by; nil leaves flows without names.
	Protocols *dpi.Registry
	// Blacklists are where the servers, names and fingerprints of flows are looked up; nil for nowhere.
	Blacklists dpi.Blacklists
	// Flow holds the limits of the whole table, not of one shard.
	Flow flow.Config
	Host host.Config
	// FirstInterface is the number of the source's first interface.
	FirstInterface uint16
	// Live spreads work over time, where results need not be the same with any number of
	// workers.
	Live bool
	// Checks run on flows, hosts and interfaces; nil for none. They stay the caller's
	// to close.
	Checks *check.Runner
}

const maxWorkers = 64

// withDefaults returns the settings with defaults filled in, or an error that
// names the setting which is out of range.
func (c Config) withDefaults() (Config, error) {
	if c.Workers == 0 {
		c.Workers = min(runtime.GOMAXPROCS(0), maxWorkers)
	}
	if c.Workers < 1 || c.Workers > maxWorkers {
		return c, fmt.Errorf("cannot use %d workers: choose 1 to %d", c.Workers, maxWorkers)
	}
	if c.Checks != nil {
		c.Flow.Detected, c.Flow.Periodic = c.Checks.Wants(check.FlowDetected), c.Checks.Wants(check.FlowPeriodic)
		c.Host.Details = c.Checks.Wants(check.HostMinute)
		c.Flow.Whole = (c.Host.Details || c.Checks.Wants(check.NetworkMinute)) && !c.Live
	}
	return c, nil
}
