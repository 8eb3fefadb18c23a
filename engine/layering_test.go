package engine_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/flowloom/flowloom/"

// levels is the table of docs/architecture.md, a row a level: a package imports only
// packages of rows above its own. Rows of packages that are still to come are here
// so that their first import already counts.
var levels = [][]string{
	{"engine/field", "engine/telemetry", "engine/packet", "engine/alert"},
	{"engine/capture", "engine/enrich", "engine/dpi"},
	{"engine/tap", "engine/flow"},
	{"engine/collect", "engine/host"},
	{"engine/codec", "engine/check"},
	{"engine/transport", "engine/store", "engine/access", "engine/notify"},
	{"engine"},
	{"engine/rest", "lua", "js"},
	{"internal/checkfiles"},
	{"bindings"},
	{"cmd"},
}

// vocabulary is what every stage counts with, so its own row may import it too.
const vocabulary = "engine/telemetry"

// pure lists what builds without cgo; the folders below them need not, as libpcap
// and databases are leaves that cmd hands in.
var pure = []string{
	"engine/field", "engine/telemetry", "engine/packet", "engine/alert", "engine/enrich", "engine/capture", "engine/capture/filter", "engine/capture/afpacket", "engine/capture/replay", "engine/dpi",
	"engine/tap", "engine/flow", "engine/host", "engine/codec", "engine/check", "engine/access", "engine/notify", "engine", "lua", "js",
}

// listed is what `go list -json` says of a package.
type listed struct {
	ImportPath string
	Imports    []string
	CgoFiles   []string
	Standard   bool
}

// name is the path within the module, "" when it is another's.
func name(importPath string) string {
	within, ours := strings.CutPrefix(importPath, module)
	if !ours {
		return ""
	}
	return within
}

// place finds the entry of the table for a package: its own or that of the nearest
// folder above. Only engine itself stands for nothing below.
func place(pkg string) (level int, entry string, ok bool) {
	for entry = pkg; entry != "."; entry = path.Dir(entry) {
		if entry == "engine" && pkg != "engine" {
			break
		}
		for level, row := range levels {
			if slices.Contains(row, entry) {
				return level, entry, true
			}
		}
	}
	return 0, "", false
}

// breach says why a package may not import another one of ours, nil if it may.
func breach(from, to string) error {
	above, toEntry, ok := place(to)
	switch {
	case !ok && strings.HasPrefix(to, "internal/"):
		return errors.New("internal packages that are in no row make tests and pages, nothing that ships")
	case !ok:
		return errors.New("that is in no row of the table")
	}
	own, fromEntry, _ := place(from)
	switch {
	case above < own, to == vocabulary:
		return nil
	case fromEntry != toEntry:
		return errors.New("that is not above it in the table")
	case strings.HasPrefix(to, from+"/"):
		return errors.New("a package does not import those in its own folder")
	}
	return nil
}

// list runs go list with cgo on, so that its use is seen.
func list(t *testing.T, args ...string) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-json=ImportPath,Imports,CgoFiles,Standard"}, args...)...)
	cmd.Dir = ".."
	cmd.Env = append(cmd.Environ(), "CGO_ENABLED=1")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
		all = append(all, p)
	}
}

func TestImportsPointUp(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, p := range list(t, "./...") {
		from := name(p.ImportPath)
		if strings.HasPrefix(from, "internal/") {
			continue
		}
		_, _, ok := place(from)
		require.True(t, ok, "%s is in no row of the table", from)
		for _, imported := range p.Imports {
			to := name(imported)
			if to == "" {
				continue
			}
			seen++
			require.NoError(t, breach(from, to), "%s imports %s", from, to)
		}
	}
	require.Greater(t, seen, 20, "go list found hardly any import")
}

func TestBreach(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		allowed  bool
	}{
		{"engine/flow", "engine/packet", true},
		{"engine/packet", "engine/flow", false},
		{"engine/packet", "engine/field", false}, // the same row
		{"engine/packet", "engine/telemetry", true},
		{"engine/flow", "engine/tap", false},
		{"engine/store/duckdb", "engine/store", true},
		{"engine/store", "engine/store/duckdb", false},
		{"engine/store/duckdb", "engine/store/rows", true},
		{"engine/store/duckdb", "engine/codec", true},
		{"engine/capture/filter/libpcap", "engine/capture", true},
		{"engine/codec", "engine", false},
		{"engine", "engine/codec", true},
		{"engine", "engine/rest", false},
		{"engine/rest/ui", "engine", true},
		{"engine/flow", "engine/utils", false}, // not in the table
		{"lua", "js", false},
		{"js/runtime", "lua/runtime", false},
		{"lua/runtime", "engine/check", true},
		{"engine/flow", "internal/tracegen", false},
		{"cmd/flowloom", "engine/capture/filter/libpcap", true},
		{"engine", "cmd/flowloom", false},
	} {
		err := breach(c.from, c.to)
		require.Equal(t, c.allowed, err == nil, "%s imports %s: %v", c.from, c.to, err)
	}
}

// TestPurePackagesNeedNoCgo looks at all that they import, directly or not. The
// standard library has pure variants of what it does with cgo.
func TestPurePackagesNeedNoCgo(t *testing.T) {
	t.Parallel()
	args := []string{"-deps"}
	for _, p := range list(t, "./...") {
		if slices.Contains(pure, name(p.ImportPath)) {
			args = append(args, p.ImportPath)
		}
	}
	require.Greater(t, len(args), 5, "go list found hardly any package")
	for _, p := range list(t, args...) {
		require.True(t, p.Standard || len(p.CgoFiles) == 0, "%s needs cgo", p.ImportPath)
	}
}

// TestDocumentShowsTheTable holds docs/architecture.md against the levels above: each
// package that exists is in its table, on its level.
func TestDocumentShowsTheTable(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../docs/architecture.md")
	require.NoError(t, err)
	shown := map[string]int{}
	for _, row := range regexp.MustCompile("(?m)^\\| ([0-9]+) \\| `([a-z/]+)` \\|").FindAllStringSubmatch(string(text), -1) {
		shown[row[2]], err = strconv.Atoi(row[1])
		require.NoError(t, err)
	}
	for _, p := range list(t, "./engine/...") {
		level, entry, ok := place(name(p.ImportPath))
		require.True(t, ok, p.ImportPath)
		got, ok := shown[entry]
		require.True(t, ok, "docs/architecture.md does not show %s", entry)
		require.Equal(t, level, got, "%s in docs/architecture.md", entry)
	}
}
