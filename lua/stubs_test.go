package lua

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/gopher-lua/parse"

	"github.com/flowloom/flowloom/engine/check"
)

// An editor that cannot read the stubs offers nothing behind the fault.
func TestStubsAreLua(t *testing.T) {
	t.Parallel()
	stubs, err := os.Open("library/flowloom.lua")
	require.NoError(t, err)
	defer func() { _ = stubs.Close() }()
	_, err = parse.Parse(stubs, "flowloom.lua")
	require.NoError(t, err)
}

// What editors offer is there, and all that is there is offered.
func TestStubsMatchTheRuntime(t *testing.T) {
	t.Parallel()
	stubs, err := os.ReadFile("library/flowloom.lua")
	require.NoError(t, err)
	offered := make(map[string]bool)
	for _, m := range regexp.MustCompile(`(?m)^function ([\w.]+)\(`).FindAllStringSubmatch(string(stubs), -1) {
		offered[m[1]] = true
		assert.Equal(t, "function", say(t, "host.triggerAlert(50, type("+m[1]+"))"), m[1])
	}
	s, err := Compile("x.lua", "-- @hook host\nreturn 0")
	require.NoError(t, err)
	in, err := newInstance(s, check.Settings{})
	require.NoError(t, err)
	defer in.Close()
	for _, table := range apiTables {
		require.NoError(t, in.vm.DoString("names = {} for k in pairs("+table+") do names[#names + 1] = k end"))
		require.NoError(t, in.vm.DoString("all = table.concat(names, ' ')"))
		for _, name := range regexp.MustCompile(`\w+`).FindAllString(in.vm.GetGlobal("all").String(), -1) {
			assert.True(t, offered[table+"."+name], "%s.%s is not offered", table, name)
		}
	}
}
