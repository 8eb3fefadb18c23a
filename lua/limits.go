package lua

import glua "github.com/yuin/gopher-lua"

// maxList is how many values of a table stand in a list: whole numbers above it are keys
// like any other. The interpreter fills a list up to the highest index set, which a
// script could use to fill the memory: t[60000000] = 1.
const maxList = 1 << 14

// The interpreter has this bound once for all machines.
func init() { glua.MaxArrayIndex = maxList } //nolint:gochecknoinits // before any machine runs
