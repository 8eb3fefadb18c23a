// Package checks holds the checks that come with the program: Lua scripts, one a
// behaviour, each with what it detects and how to tune it in its header.
package checks

import (
	"embed"
	"io/fs"
)

//go:generate go run ../../internal/checkgen -o ../../docs/shipped-checks.md

//go:embed *.lua
var files embed.FS

// Files returns the scripts.
func Files() fs.FS { return files }
