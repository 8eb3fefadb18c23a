package surface

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"time"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/capture/afpacket"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/flow"
)

// Options say what to analyse, and how. Their JSON form crosses into other languages. The
// zero value of each setting stands for its default.
type Options struct {
	// Sources are captures ("-" for standard input), or interfaces to capture on.
	Sources []string `json:"sources"`
	// Order of several captures: "time" merges them, "given" reads one after the other.
	Order string `json:"order,omitempty"`
	// Filter is a pcap filter expression; other packets are not looked at.
	Filter string `json:"filter,omitempty"`
	// Workers is the number of shards; default one for each processor.
	Workers  int `json:"workers,omitempty"`
	MaxFlows int `json:"max_flows,omitempty"`
	MaxHosts int `json:"max_hosts,omitempty"`
	// KeepTunnels counts tunnelled packets as flows of the tunnel.
	KeepTunnels bool `json:"keep_tunnels,omitempty"`
	// IdleTimeout and ActiveTimeout are seconds.
	IdleTimeout   float64 `json:"idle_timeout,omitempty"`
	ActiveTimeout float64 `json:"active_timeout,omitempty"`
	// NoDetection leaves flows without the names of protocols and applications.
	NoDetection bool `json:"no_detection,omitempty"`
	// Rules is a file with protocols and applications of the user's own.
	Rules string `json:"rules,omitempty"`
	// LocalNets are CIDR, CIDR=name or files with such lines; the others are files, see docs/enrichment.md.
	LocalNets  []string `json:"local_nets,omitempty"`
	GeoIP      []string `json:"geoip,omitempty"`
	Blacklists []string `json:"blacklists,omitempty"`
	MACVendors []string `json:"mac_vendors,omitempty"`
	// Checks are scripts, folders of scripts or "shipped"; CheckSettings is the YAML file
	// with their settings; Functions are checks of the caller's.
	Checks        []string   `json:"checks,omitempty"`
	CheckSettings string     `json:"check_settings,omitempty"`
	Functions     []Function `json:"functions,omitempty"`
	// Columns are the fields that batches have, in this order; a * stands for any run of
	// characters, none for all fields.
	Columns []string `json:"columns,omitempty"`
	// NoFlows leaves the flows out, for callers who want only hosts, alerts or sums.
	NoFlows bool `json:"no_flows,omitempty"`
	// BatchRows is how many flows a batch has, 1 to MaxBatchRows; of a live source it
	// may have fewer.
	BatchRows int `json:"batch_rows,omitempty"`

	// The rest is for interfaces. Duration ends the capture, in seconds.
	Duration float64 `json:"duration,omitempty"`
	SnapLen  int     `json:"snaplen,omitempty"`
	// Ring is the memory of each interface for frames that wait, in MiB.
	Ring int `json:"ring,omitempty"`
	// NotPromiscuous captures only what is for this machine.
	NotPromiscuous bool `json:"not_promiscuous,omitempty"`
}

// Function is a check whose code the caller has. It is asked by Questions.
type Function struct {
	Name string `json:"name"`
	// Language is what the table of costs shows ("Python").
	Language string `json:"language,omitempty"`
	// Hooks are names as check.HookNamed knows them: "host", "flow_detected",
	// "flow_periodic", "flow_end", "interface", "network".
	Hooks   []string `json:"hooks"`
	Detects string   `json:"detects,omitempty"`
}

// MaxBatchRows is the most flows that a batch can have, and DefaultBatchRows how many it has
// unless told otherwise.
const (
	MaxBatchRows     = 1 << 17
	DefaultBatchRows = codec.MaxBatchRows
)

// ParseOptions reads the JSON form. A setting that does not exist is an error.
func ParseOptions(text []byte) (Options, error) {
	var o Options
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&o); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) && wrong.Field != "" {
			return o, usage("cannot use a %s as the option %s: give %s", wrong.Value, wrong.Field, described(wrong.Type.Kind()))
		}
		return o, usage("cannot read the options: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return o, usage("cannot read the options: there is more than one JSON object")
	}
	return o, nil
}

// described says what a setting is to be.
func described(k reflect.Kind) string {
	switch k {
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list"
	case reflect.Int:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	default:
		return "an object"
	}
}

// engineConfig returns the settings of the engine, but for detection, checks and hosts.
func (o *Options) engineConfig(live bool) (engine.Config, error) {
	cfg := engine.Config{Workers: o.Workers}
	cfg.Packet.KeepTunnels = o.KeepTunnels
	idle, err := seconds("idle_timeout", o.IdleTimeout)
	if err != nil {
		return cfg, err
	}
	active, err := seconds("active_timeout", o.ActiveTimeout)
	if err != nil {
		return cfg, err
	}
	cfg.Flow = flow.Config{MaxFlows: o.MaxFlows, ActiveTimeout: active}
	cfg.Flow.SetIdle(idle)
	cfg.Host.MaxHosts = o.MaxHosts
	if !live && len(o.Checks)+len(o.Functions) == 0 {
		// Nobody looks at hosts before the end: what flows gain need not be told often.
		cfg.Flow.Tick = time.Minute
	}
	return cfg, nil
}

// maxSeconds is the longest time that a setting may be, ten years.
const maxSeconds = 10 * 365 * 24 * 3600

// seconds returns the time that a setting says. The shortest is a nanosecond: what is above 0
// never becomes 0, which stands for the default.
func seconds(name string, s float64) (time.Duration, error) {
	if !(s >= 0 && s <= maxSeconds) {
		return 0, usage("cannot use %v seconds as %s: choose a time above 0, of at most ten years", s, name)
	}
	d := time.Duration(s * float64(time.Second))
	if s > 0 {
		d = max(d, 1)
	}
	return d, nil
}

// batchRows returns how many rows a batch has.
func (o *Options) batchRows() (int, error) {
	if o.BatchRows == 0 {
		return DefaultBatchRows, nil
	}
	if o.BatchRows < 1 || o.BatchRows > MaxBatchRows {
		return 0, usage("cannot make batches of %d flows: choose 1 to %d", o.BatchRows, MaxBatchRows)
	}
	return o.BatchRows, nil
}

// Bounds of the settings of interfaces, as package afpacket has them.
const (
	minSnapLen, maxSnapLen = 64, 1 << 18
	minRing, maxRing       = 2, 2048 // MiB
)

// captureConfig returns the settings of interfaces.
func (o *Options) captureConfig() (afpacket.Config, error) {
	if o.SnapLen != 0 && (o.SnapLen < minSnapLen || o.SnapLen > maxSnapLen) {
		return afpacket.Config{}, usage("cannot keep %d bytes of each frame: choose %d to %d as snaplen", o.SnapLen, minSnapLen, maxSnapLen)
	}
	if o.Ring != 0 && (o.Ring < minRing || o.Ring > maxRing) {
		return afpacket.Config{}, usage("cannot use %d MiB for frames that wait: choose %d to %d as ring", o.Ring, minRing, maxRing)
	}
	return afpacket.Config{SnapLen: o.SnapLen, Ring: o.Ring << 20, Quiet: o.NotPromiscuous}, nil
}

// hooks returns the set that a function asks for.
func (f *Function) hooks() (check.Hooks, error) {
	var all check.Hooks
	for _, name := range f.Hooks {
		h, ok := check.HookNamed(name)
		if !ok {
			return 0, usage("cannot run check %s on %q: there are %s", f.Name, name, strings.Join(check.HookNames(), ", "))
		}
		all |= check.HooksOf(h)
	}
	if f.Name == "" || all == 0 {
		return 0, usage("cannot use a check without a name or without a hook: it is called %q", f.Name)
	}
	return all, nil
}
