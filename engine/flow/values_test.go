package flow

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

func TestEveryFieldHasOneFiller(t *testing.T) {
	t.Parallel()
	tables := []map[string]filler{baseFillers(), placeFillers("cli_", FromClient), placeFillers("srv_", FromServer), directionFillers("cli2srv_", FromClient), directionFillers("srv2cli_", FromServer), dpiFillers()}
	found := make(map[string]int)
	for _, table := range tables {
		for name := range table {
			found[name]++
			require.GreaterOrEqual(t, field.Index(field.Flow, name), 0, "%s is not in the catalogue", name)
		}
	}
	for _, f := range field.Of(field.Flow) {
		require.Equal(t, 1, found[f.Name], f.Name)
	}
}

func TestFieldsThatAreNotOptionalAreNeverNull(t *testing.T) {
	t.Parallel()
	r := newBench(t, Config{}).packets(udpPacket(0, client(), server())).one()
	for i, f := range field.Of(field.Flow) {
		var v field.Value
		r.Value(i, &v)
		if !f.Optional {
			require.False(t, v.IsNull(), f.Name)
		}
	}
}

func TestConfigIsChecked(t *testing.T) {
	t.Parallel()
	for text, cfg := range map[string]Config{
		"cannot keep -1 flows":                {MaxFlows: -1},
		"cannot use -1s as TCP timeout":       {TCPTimeout: -1e9},
		"cannot use 25h0m0s as UDP timeout":   {UDPTimeout: 25 * 3600e9},
		"cannot use -1ns as tick":             {Tick: -1},
		"cannot use -1ns as active timeout":   {ActiveTimeout: -1},
		"cannot use -5ns as ICMP timeout":     {ICMPTimeout: -5},
		"cannot use -5ns as timeout of other": {OtherTimeout: -5},
	} {
		_, err := NewShard(cfg, nil)
		require.ErrorContains(t, err, text)
	}
	cfg := Config{MaxFlows: 10}
	cfg.SetIdle(3e9)
	cfg, err := cfg.Shard(4).withDefaults()
	require.NoError(t, err)
	require.Equal(t, Config{MaxFlows: 3, TCPTimeout: 3e9, UDPTimeout: 3e9, ICMPTimeout: 3e9, OtherTimeout: 3e9, Linger: 3e9,
		ActiveTimeout: DefaultActiveTimeout, Tick: DefaultTick}, cfg)
	require.Equal(t, DefaultMaxFlows/2, Config{}.Shard(2).MaxFlows)
}
