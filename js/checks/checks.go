// Package checks holds checks in JavaScript that come with the program. Each exists in
// Lua too and says the same: they are there to be read, copied and changed.
package checks

import (
	"embed"
	"io/fs"
)

//go:embed *.js
var files embed.FS

// Files returns the modules.
func Files() fs.FS { return files }
