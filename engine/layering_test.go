package engine_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/flowloom/flowloom/"

// levels is the table of docs/architecture.md: a package imports only packages of
// rows above its own. A folder below one of them has its level.
var levels = []string{
	"engine/field", "engine/telemetry", "engine/packet",
	"engine/capture", "engine/dpi",
	"engine/flow",
	"engine/host",
	"engine/codec",
	"engine",
	"cmd",
}

// level returns the row of an import path within the module, -1 when it has none.
func level(path string) int {
	best := -1
	for i, l := range levels {
		if path == l || strings.HasPrefix(path, l+"/") {
			if best < 0 || len(l) > len(levels[best]) {
				best = i
			}
		}
	}
	return best
}

func TestImportsPointUp(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, module+"engine/...", module+"cmd/...").Output()
	require.NoError(t, err)
	for line := range strings.Lines(string(out)) {
		names := strings.Fields(line)
		from := strings.TrimPrefix(names[0], module)
		require.GreaterOrEqual(t, level(from), 0, "%s stands in no row of the table", from)
		for _, name := range names[1:] {
			to, ours := strings.CutPrefix(name, module)
			if !ours || strings.HasPrefix(to, "internal/") {
				continue
			}
			same := level(to) == level(from)
			if same {
				// Within a row a folder may use its parent, not the other way round.
				require.True(t, strings.HasPrefix(from, to+"/") || strings.HasPrefix(from, "cmd/"), "%s imports %s of its own row", from, to)
				continue
			}
			require.Less(t, level(to), level(from), "%s imports %s, which stands below it", from, to)
		}
	}
}

func TestPurePackagesNeedNoCgo(t *testing.T) {
	t.Parallel()
	for _, p := range []string{"engine/packet", "engine/flow", "engine/dpi", "engine/host", "engine/codec", "engine/capture", "engine/capture/filter", "engine"} {
		cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", module+p)
		cmd.Env = append(cmd.Environ(), "CGO_ENABLED=0")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		require.NotContains(t, strings.Fields(string(out)), "runtime/cgo", p)
	}
}
