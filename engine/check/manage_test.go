package check

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
)

func engaged(r *Runner) (messages []string) {
	for _, a := range r.Alerts().All() {
		if a.Status == alert.Engaged {
			messages = append(messages, a.Message)
		}
	}
	return messages
}

func state(t *testing.T, r *Runner, name string) State {
	t.Helper()
	for _, s := range r.States() {
		if s.Info.Name == name {
			return s
		}
	}
	t.Fatalf("there is no check %s", name)
	return State{}
}

func TestChecksAreSwitchedAtRunTime(t *testing.T) {
	t.Parallel()
	r := start(t, "checks: {versioned: {score: 70}}", versioned("one"))
	defer r.Close()
	all := slices.Values(hosts("192.0.2.1", "198.51.100.7"))
	r.Hosts(all, 1)
	require.Len(t, engaged(r), 2)
	off, on := false, true

	set := state(t, r, "versioned").Settings
	set.Enabled = &off
	require.NoError(t, r.Configure("versioned", set))
	require.False(t, state(t, r, "versioned").Enabled)
	r.Hosts(all, 2)
	assert.Empty(t, engaged(r), "its alerts end with it")
	assert.Equal(t, uint64(2), state(t, r, "versioned").Cost.Calls)

	set.Enabled, set.Exclude.Hosts = &on, []string{"198.51.100.0/24"}
	require.NoError(t, r.Configure("versioned", set))
	r.Hosts(all, 3)
	assert.Len(t, engaged(r), 1)
	assert.Equal(t, uint64(3), state(t, r, "versioned").Cost.Calls, "it counts on")

	set.Exclude.Hosts = []string{"nobody"}
	require.ErrorContains(t, r.Configure("versioned", set), "neither an address nor a network")
	set.Exclude.Hosts, set.Params = nil, map[string]any{"limit": 1}
	require.ErrorContains(t, r.Configure("versioned", set), "it has no parameters")
	require.ErrorContains(t, r.Configure("other", set), "there is none of that name")
	r.Hosts(all, 4)
	assert.Len(t, engaged(r), 1, "what was refused changed nothing")
}

func TestChecksComeAndGo(t *testing.T) {
	t.Parallel()
	r := start(t, "")
	defer r.Close()
	require.False(t, r.Wants(HostMinute))
	require.ErrorContains(t, r.Add(versioned("one")), "start again")
	require.Empty(t, r.States())
	r.Expect(HooksOf(HostMinute))
	require.True(t, r.Wants(HostMinute))
	all := slices.Values(hosts("192.0.2.1"))
	for round := range int64(3) {
		require.NoError(t, r.Add(versioned("one")))
		require.NoError(t, r.Add(versioned("two")), "in its place")
		r.Hosts(all, 2*round+1)
		require.Equal(t, []string{"two"}, engaged(r))
		require.Len(t, r.Infos(), 1)
		require.NoError(t, r.Remove("versioned"))
		r.Hosts(all, 2*round+2)
		require.Empty(t, engaged(r))
		require.Empty(t, r.Costs())
		require.Empty(t, r.Infos())
	}
	require.Len(t, r.workers, 1, "places are used again")
	require.ErrorContains(t, r.Remove("versioned"), "there is none of that name")
}

func TestWhatFailedBeginsAnewWhenConfigured(t *testing.T) {
	t.Parallel()
	r := start(t, "", onHosts("broken", func(*Call) error { panic("broken") }))
	defer r.Close()
	all := slices.Values(hosts("192.0.2.1"))
	for range MaxFailures {
		r.Hosts(all, 1)
	}
	require.True(t, state(t, r, "broken").Cost.Disabled)
	require.Len(t, engaged(r), 1)
	require.NoError(t, r.Configure("broken", Settings{}))
	r.Hosts(all, 2)
	require.False(t, state(t, r, "broken").Cost.Disabled)
	require.Empty(t, engaged(r), "it is not switched off any more")
}
