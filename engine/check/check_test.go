package check

import (
	"bytes"
	"errors"
	"log/slog"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/packet"
)

// native is a check written in Go.
type native struct {
	info Info
	run  func(c *Call) error
	set  Settings
}

func (n *native) Info() Info { return n.info }

func (n *native) Start(s Settings) (Instance, error) {
	n.set = s
	return n, nil
}

func (n *native) Run(c *Call) error { return n.run(c) }
func (n *native) Close()            {}

func onHosts(name string, run func(c *Call) error) *native {
	return &native{info: Info{Name: name, Language: "Go", Hooks: HooksOf(HostMinute)}, run: run}
}

func hosts(ips ...string) []*host.Host {
	list := make([]*host.Host, len(ips))
	for i, ip := range ips {
		list[i] = &host.Host{Addr: packet.AddrFrom(netip.MustParseAddr(ip)), Name: "h" + ip[len(ip)-1:] + ".example.com"}
	}
	return list
}

func start(t *testing.T, config string, checks ...Check) *Runner {
	t.Helper()
	cfg, err := ParseConfig([]byte(config))
	require.NoError(t, err)
	r, err := NewRunner(checks, cfg, nil)
	require.NoError(t, err)
	return r
}

// A check in Go raises, refreshes and releases alerts like one in any language.
func TestNativeCheck(t *testing.T) {
	t.Parallel()
	loud := true
	r := start(t, "", onHosts("loud", func(c *Call) error {
		if loud {
			c.Alert(60, "loud")
		}
		return nil
	}))
	assert.True(t, r.Wants(HostMinute))
	assert.False(t, r.Wants(FlowEnd))
	list := hosts("192.0.2.1", "192.0.2.2")
	for minute := range int64(3) {
		loud = minute < 2
		r.Hosts(slices.Values(list), minute*60e9)
	}
	all := r.Alerts().All()
	require.Len(t, all, 2)
	assert.Equal(t, alert.Past, all[0].Status)
	assert.Equal(t, uint64(2), all[0].Count)
	c := r.Costs()[0]
	assert.Equal(t, [3]uint64{6, 0, 4}, [3]uint64{c.Calls, c.Errors, c.Alerts})
	assert.Positive(t, c.Mean())
}

func TestFirstRun(t *testing.T) {
	t.Parallel()
	var first []bool
	r := start(t, "", onHosts("first", func(c *Call) error { first = append(first, c.First); return nil }))
	list := hosts("192.0.2.1")
	r.Hosts(slices.Values(list), 1)
	r.Hosts(slices.Values(list), 2)
	assert.Equal(t, []bool{true, false}, first)
}

func TestExclusions(t *testing.T) {
	t.Parallel()
	seen := 0
	r := start(t, "checks:\n  c:\n    exclude:\n      hosts: [192.0.2.0/30, 198.51.100.9]\n      domains: [example.com]\n", onHosts("c", func(*Call) error { seen++; return nil }))
	list := hosts("192.0.2.1", "198.51.100.9", "198.51.100.8", "203.0.113.7")
	list[3].Name = "other.example"
	r.Hosts(slices.Values(list), 1)
	assert.Equal(t, 1, seen)
}

// Domains may be written as users write them elsewhere, and no domain is an error.
func TestExcludedDomains(t *testing.T) {
	t.Parallel()
	e := Exclude{Domains: []string{"*.Example.com", ".example.net", "Office"}}
	require.NoError(t, e.Parse())
	for name, want := range map[string]bool{
		"example.com": true, "a.b.example.com": true, "an-example.com": false, "com": false, "example.net": true, "office": true, "": false,
	} {
		assert.Equal(t, want, e.name(name), name)
	}
	for _, bad := range []string{"", "*", "*.", "a.*.com"} {
		require.ErrorContains(t, (&Exclude{Domains: []string{bad}}).Parse(), "it is no domain", bad)
	}
}

// Each kind of subject can be skipped: for ever, for a while, and no longer.
func TestSkip(t *testing.T) {
	t.Parallel()
	asked, until := make(map[string]int), Forever
	r := start(t, "", &native{info: Info{Name: "c", Hooks: HooksOf(HostMinute, InterfaceMinute, NetworkMinute)}, run: func(c *Call) error {
		asked[c.Hook.String()]++
		c.Skip(until)
		return nil
	}})
	look := func(now int64) {
		r.Hosts(slices.Values(hosts("192.0.2.1")), now)
		r.Interfaces([]host.InterfaceStats{{Name: "eth0"}}, now)
		r.Networks(slices.Values([]*host.NetworkStats{{Prefix: netip.MustParsePrefix("192.0.2.0/24")}}), now)
	}
	each := func(n int) map[string]int { return map[string]int{"host": n, "interface": n, "network": n} }
	until = 120e9
	for now := range int64(2) {
		look((now + 1) * 60e9)
	}
	assert.Equal(t, each(2), asked, "at one minute, and when two are over")
	until = 0
	look(121e9)
	until = Forever
	look(122e9)
	look(1 << 62)
	assert.Equal(t, each(4), asked)
}

// What a script calls its parameters has room beside the settings of all checks.
func TestParams(t *testing.T) {
	t.Parallel()
	var info Info
	require.NoError(t, ParseHeader("-- @param on true Whether\n-- @param off false\n-- @param word trues", "--", &info))
	assert.Equal(t, []Param{{"on", true, "Whether"}, {"off", false, ""}, {"word", "trues", ""}}, info.Params)
	merged, err := Settings{Params: map[string]any{"on": false}}.Merge(&info)
	require.NoError(t, err)
	assert.Equal(t, false, merged.Params["on"])
	for _, name := range []string{"score", "enabled", "exclude"} {
		require.ErrorContains(t, ParseHeader("-- @param "+name+" 5 Meaning", "--", &info), "choose another", name)
	}
}

// Errors and panics of a check are its own: the other goes on.
func TestFailuresStayWithTheCheck(t *testing.T) {
	t.Parallel()
	ran := 0
	r := start(t, "",
		onHosts("bad", func(*Call) error { return errors.New("broken") }),
		onHosts("worse", func(*Call) error { panic("no") }),
		onHosts("good", func(*Call) error { ran++; return nil }))
	ips := slices.Repeat([]string{"192.0.2.1"}, MaxFailures+5)
	r.Hosts(slices.Values(hosts(ips...)), 1)
	costs := r.Costs()
	assert.True(t, costs[0].Disabled && costs[1].Disabled)
	assert.Equal(t, "cannot go on: no", costs[1].LastError)
	assert.Equal(t, MaxFailures+5, ran)
	assert.Len(t, r.Alerts().All(), 2, "one for each that was switched off")
	r.Close()
}

// A check that says much is not shown in full, and never goes silent.
func TestOutputIsSampled(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	r, err := NewRunner([]Check{onHosts("loud", func(c *Call) error {
		c.Log("here I am")
		return nil
	})}, nil, slog.New(slog.NewTextHandler(&out, nil)))
	require.NoError(t, err)
	defer r.Close()
	list := hosts("192.0.2.1")
	for minute := range int64(3 * maxLogged) {
		r.Hosts(slices.Values(list), minute*60e9)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	assert.Len(t, lines, maxLogged+2)
	assert.Contains(t, lines[0], `msg="check says" check=loud text="here I am"`)
	assert.Contains(t, lines[maxLogged+1], "suppressed=999")
}

func TestSettings(t *testing.T) {
	t.Parallel()
	c := onHosts("c", func(*Call) error { return nil })
	c.info.Params = []Param{{"limit", 10, "Limit"}, {"names", []string{"a"}, "Names"}, {"word", "x", "Word"}}
	r := start(t, "checks:\n  c:\n    limit: 20\n    names: [b, 7]\n", c)
	require.Len(t, r.Costs(), 1)
	assert.InDelta(t, 20, c.set.Number("limit"), 0)
	assert.Equal(t, []string{"b", "7"}, c.set.List("names"))
	assert.Equal(t, "x", c.set.Text("word"))
	assert.Empty(t, start(t, "checks:\n  c:\n    enabled: false\n", c).Costs())
	c.info.Off = true
	assert.Empty(t, start(t, "", c).Costs())
	assert.Len(t, start(t, "checks:\n  c:\n    enabled: true\n", c).Costs(), 1)
	for config, want := range map[string]string{
		"checks:\n  d: {}\n":                        "there is none of that name",
		"checks:\n  c: {enabled: true, limt: 1}\n":  "it has limit, names, word",
		"checks:\n  c: {enabled: true, limit: x}\n": "it is a number, as in its default 10",
		"checks:\n  c: {enabled: true, names: x}\n": "it is a list, as in its default [a]",
	} {
		cfg, err := ParseConfig([]byte(config))
		require.NoError(t, err, config)
		_, err = NewRunner([]Check{c}, cfg, nil)
		assert.ErrorContains(t, err, want, config)
	}
	for config, want := range map[string]string{
		"cheks: {}":                 `line 1: there is no setting "cheks" here`,
		"checks: {c: {score: 300}}": "into a score of 0 to 255",
		"checks:\n  c:\n    exclude: {hosts: [x]}\n": "neither an address nor a network",
		"checks: [": "cannot read the settings",
	} {
		_, err := ParseConfig([]byte(config))
		assert.ErrorContains(t, err, want, config)
	}
	_, err := ParseConfig([]byte("# nothing yet\n"))
	require.NoError(t, err)
	_, err = NewRunner([]Check{c, c}, nil, nil)
	require.ErrorContains(t, err, "two checks of the name c")
	_, err = LoadConfig("/nowhere.yaml")
	require.ErrorContains(t, err, "cannot read the settings of checks")
}

func TestHookNames(t *testing.T) {
	t.Parallel()
	for h := range NumHooks {
		got, ok := HookNamed(h.String())
		assert.True(t, ok)
		assert.Equal(t, h, got)
	}
	_, ok := HookNamed("never")
	assert.False(t, ok)
}

// versioned is a check whose versions say which one they are.
func versioned(version string) *native {
	return onHosts("versioned", func(c *Call) error {
		c.Alert(50, version)
		return nil
	})
}

// Another version takes over with the settings, and one that cannot start leaves the
// old one running.
func TestReplace(t *testing.T) {
	t.Parallel()
	r := start(t, "checks: {versioned: {score: 70}}", versioned("one"), onHosts("other", func(*Call) error { return errors.New("broken") }))
	defer r.Close()
	all := slices.Values(hosts("192.0.2.1"))
	said := func() string {
		r.Hosts(all, 1)
		a := r.Alerts().All()[0]
		assert.Equal(t, uint8(70), a.Score)
		return a.Message
	}
	assert.Equal(t, "one", said())
	require.NoError(t, r.Replace(versioned("two")))
	assert.Equal(t, "two", said())
	bad := versioned("three")
	bad.info.Hooks = HooksOf(FlowEnd)
	require.ErrorContains(t, r.Replace(bad), "start again")
	require.ErrorContains(t, r.Replace(onHosts("unknown", nil)), "none of that name")
	assert.Equal(t, "two", said())
	for range MaxFailures {
		r.Hosts(all, 1)
	}
	require.True(t, r.Costs()[1].Disabled)
	require.NoError(t, r.Replace(onHosts("other", func(*Call) error { return nil })))
	r.Hosts(all, 1)
	assert.False(t, r.Costs()[1].Disabled, "a new version begins anew")
}

func TestNetworks(t *testing.T) {
	t.Parallel()
	var n Networks
	for range 2 {
		for _, c := range []struct {
			address  string
			networks []string
			want     bool
		}{
			{"10.1.2.3", []string{"10.0.0.0/8"}, true}, {"10.1.2.3", []string{"192.0.2.0/24", "10.1.2.3"}, true}, {"2001:db8::1", []string{"2001:db8::/32"}, true},
			{"10.1.2.3", []string{"192.0.2.0/24"}, false}, {"10.1.2.3", nil, false}, {"laptop", []string{"10.0.0.0/8"}, false},
		} {
			got, err := n.Contain(c.address, c.networks...)
			require.NoError(t, err)
			assert.Equal(t, c.want, got, "%s in %v", c.address, c.networks)
		}
	}
	_, err := n.Contain("10.1.2.3", "office")
	require.ErrorContains(t, err, "neither an address nor a network")
}
