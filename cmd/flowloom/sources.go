package main

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/capture/afpacket"
	"github.com/flowloom/flowloom/engine/capture/filter"
	compiler "github.com/flowloom/flowloom/engine/capture/filter/libpcap"
	"github.com/flowloom/flowloom/engine/capture/libpcap"
	"github.com/flowloom/flowloom/engine/capture/replay"
	"github.com/flowloom/flowloom/engine/packet"
)

// sourceOptions are the flags about where live frames come from.
type sourceOptions struct {
	names   []string
	capture string
	snaplen int
	ringMiB int
	rings   int
	quiet   bool
	speed   string
	loops   int
}

// Ways to capture.
const (
	withRing    = "ring"
	withLibpcap = "libpcap"
)

// unpaced is the speed of a replay that waits for nothing.
const unpaced = "max"

func (o *sourceOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVarP(&o.names, "interface", "i", nil, "`names` of the interfaces to capture on, or of captures to replay")
	f.StringVar(&o.capture, "capture", withRing, "`way` to capture: ring, memory shared with Linux, or libpcap, which also knows the interface any")
	f.IntVar(&o.snaplen, "snaplen", 0, "keep so many `bytes` of each frame (default 65535)")
	f.IntVar(&o.ringMiB, "ring", 0, "memory of each interface for frames that wait, in `MiB` (default 64)")
	f.IntVar(&o.rings, "rings", 1, "divide the memory of each interface into so many rings, one for the frames of a flow")
	f.BoolVar(&o.quiet, "no-promiscuous", false, "only capture what is for this machine")
	f.StringVar(&o.speed, "replay-speed", "1", "replay captures so many `times` as fast as they were recorded; max: without waiting")
	f.IntVar(&o.loops, "replay-loop", 1, "replay captures so many `times`; 0: for ever")
	complete(cmd, "capture", withRing, withLibpcap)
	completeInterfaces(cmd, "interface")
}

// check says what is wrong with the flags before anything is opened.
func (o *sourceOptions) check() error {
	switch o.capture {
	case withRing:
	case withLibpcap:
		if o.rings != 1 {
			return errors.New("cannot use several rings with --capture libpcap: leave --rings out")
		}
	default:
		return fmt.Errorf("cannot capture with %q: use ring or libpcap", o.capture)
	}
	if o.loops < 0 {
		return errors.New("cannot replay less than not at all: --replay-loop is positive, or 0 for ever")
	}
	if o.rings < 1 { // the package takes 0 for its default
		return errors.New("cannot capture without a ring: --rings is at least 1")
	}
	if o.ringMiB < 0 || o.ringMiB > 1<<20 {
		return fmt.Errorf("cannot use %d MiB of memory for frames that wait: --ring takes some hundred", o.ringMiB)
	}
	cfg, err := o.replay()
	return cmp.Or(err, cfg.Check(), o.live())
}

// live says what is wrong with how interfaces are captured.
func (o *sourceOptions) live() error {
	if o.capture == withLibpcap {
		return o.libpcapConfig("").Check()
	}
	return o.ringConfig("").Check()
}

func (o *sourceOptions) libpcapConfig(expr string) libpcap.Config {
	return libpcap.Config{SnapLen: o.snaplen, Buffer: o.ringMiB << 20, Quiet: o.quiet, Filter: compile(expr)}
}

func (o *sourceOptions) ringConfig(expr string) afpacket.Config {
	return afpacket.Config{SnapLen: o.snaplen, Ring: o.ringMiB << 20, Rings: o.rings, Quiet: o.quiet, Filter: compile(expr)}
}

func (o *sourceOptions) replay() (replay.Config, error) {
	cfg := replay.Config{Loops: o.loops, Speed: replay.Unpaced()}
	if o.loops == 0 {
		cfg.Loops = replay.Endless
	}
	if o.speed == unpaced {
		return cfg, nil
	}
	var err error
	if cfg.Speed, err = strconv.ParseFloat(o.speed, 64); err != nil || !(cfg.Speed > 0) {
		return cfg, fmt.Errorf("cannot replay at the speed %q: use a number, like 10 for ten times as fast as recorded, or max", o.speed)
	}
	return cfg, nil
}

// isFile tells captures from interfaces. A name that is both is the interface; a name
// that is neither is taken for what it looks like.
func isFile(name string) bool {
	if strings.ContainsRune(name, os.PathSeparator) {
		return true
	}
	if _, err := net.InterfaceByName(name); err == nil {
		return false
	}
	info, err := os.Stat(name)
	return err == nil && !info.IsDir() || strings.Contains(name, ".pcap")
}

// onlyFiles tells that nothing is captured, only replayed.
func (o *sourceOptions) onlyFiles() bool {
	return !slices.ContainsFunc(o.names, func(name string) bool { return !isFile(name) })
}

// try says what could not be opened, but for rights.
func (o *sourceOptions) try() error {
	if len(o.names) == 0 {
		return errors.New("cannot capture on nothing: name interfaces with -i, or as interface in the configuration")
	}
	for _, name := range o.names {
		if isFile(name) {
			src, err := capture.Open(name)
			if err != nil {
				return err
			}
			_ = src.Close()
			continue
		}
		if _, err := net.InterfaceByName(name); err != nil && o.capture == withRing {
			return fmt.Errorf("cannot capture on %s: %w; ip link lists what there is", name, err)
		}
	}
	return nil
}

// compile is how each kind of source gets the filter for its link type, nil without one.
func compile(expr string) func(packet.LinkType) (*filter.Program, error) {
	if expr == "" {
		return nil
	}
	return func(link packet.LinkType) (*filter.Program, error) {
		p, err := compiler.Compile(expr, link)
		if err != nil {
			return nil, usageError{err}
		}
		return p, nil
	}
}

// open opens all sources. Ended is asked when all have ended by themselves, as replays do,
// whether the engine is to go on.
func (o *sourceOptions) open(expr string, ended func() bool) (capture.Live, error) {
	if o.capture == withRing && (len(o.names) == 0 || !slices.ContainsFunc(o.names, isFile)) {
		return o.ring(expr, o.names...)
	}
	if len(o.names) == 0 {
		return nil, o.try()
	}
	var all []capture.Live
	for _, name := range o.names {
		src, err := o.one(expr, name)
		if err != nil {
			for _, src := range all {
				_ = src.Close() // nothing was read
			}
			return nil, err
		}
		all = append(all, src)
	}
	return capture.Join(all, ended), nil
}

func (o *sourceOptions) one(expr, name string) (capture.Live, error) {
	switch {
	case isFile(name):
		return o.file(expr, name)
	case o.capture == withLibpcap:
		return libpcap.Open(name, o.libpcapConfig(expr))
	default:
		return o.ring(expr, name)
	}
}

func (o *sourceOptions) ring(expr string, names ...string) (capture.Live, error) {
	return afpacket.Open(names, o.ringConfig(expr))
}

// file is a replayed capture, with the filter behind it.
func (o *sourceOptions) file(expr, name string) (capture.Live, error) {
	cfg, err := o.replay()
	if err != nil {
		return nil, err
	}
	src, err := replay.Open(name, cfg)
	if err != nil || expr == "" {
		return src, err
	}
	filtered, err := filter.New(src, compiler.Compile, expr)
	if err != nil {
		_ = src.Close()
		return nil, usageError{err}
	}
	return filteredReplay{filtered, src}, nil
}

// filteredReplay is a filter that can be stopped.
type filteredReplay struct {
	*filter.Source
	replay *replay.Source
}

// Stop implements capture.Live.
func (f filteredReplay) Stop() { f.replay.Stop() }
