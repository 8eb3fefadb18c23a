package tracegen

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/flowloom/flowloom/engine/capture"
)

// scenarioStart is when the scenarios begin: a Monday morning.
func scenarioStart() time.Time { return time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC) }

// Scenario is a capture with a name.
type Scenario struct {
	Name, About string
	// Frames makes the capture.
	Frames func(Options) (iter.Seq[capture.Frame], error)
}

// Options vary a scenario.
type Options struct {
	// Seed is a [Trace]'s; 0 is the default of 1.
	Seed uint64
	// Flows, First and Rounds are those of [FloodConfig]; other scenarios ignore
	// them. Flows is 100,000 when 0.
	Flows, First, Rounds int
}

// Scenarios lists what there is, by name.
func Scenarios() []Scenario {
	return []Scenario{
		{"flood", "many flows open at the same time (-n), 4 packets each", floodFrames},
		{"hour", "an hour of an office in which three desks are up to something (-seed: another day)", hourFrames},
		{"http3", "one HTTP/3 connection", traced(quicVisit)},
		{"office", "two minutes of a small office", traced(Office)},
		{"protocols", "one conversation of each protocol", traced(Protocols)},
		{"tunnels", "a web request in each kind of tunnel and tag", traced(Tunnels)},
		{"trouble", "loss, reordering, duplicates, fragments, resets, refused and unanswered connections", traced(Trouble)},
	}
}

// traced is a scenario that fits into memory.
func traced(build func() *Trace) func(Options) (iter.Seq[capture.Frame], error) {
	return func(o Options) (iter.Seq[capture.Frame], error) {
		tr := build()
		tr.Seed = cmp.Or(o.Seed, tr.Seed)
		frames, err := tr.Frames()
		return slices.Values(frames), err
	}
}

func floodFrames(o Options) (iter.Seq[capture.Frame], error) {
	return Flood(FloodConfig{Flows: cmp.Or(o.Flows, 100_000), First: o.First, Rounds: o.Rounds}), nil
}

func hourFrames(o Options) (iter.Seq[capture.Frame], error) {
	frames, err := Hour(cmp.Or(o.Seed, 1)).Frames()
	return slices.Values(frames), err
}

// quicVisit is the source of the recording "http3".
func quicVisit() *Trace {
	const host = "video.example.com"
	tr := New(scenarioStart())
	tr.Add(UDP{
		Client: At("192.168.10.20:50443"), Server: At("203.0.113.80:443"),
		Exchange: HTTP3(
			Request{Host: host, Path: "/", Reply: Page("Video", 4000)},
			Request{Host: host, Path: "/watch?v=1", Type: "application/json", Body: Text(600), Reply: Noise(7, 24000), ReplyType: "video/mp4"},
		),
	})
	return tr
}
