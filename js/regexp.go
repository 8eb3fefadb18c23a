package js

import (
	"time"

	"github.com/dlclark/regexp2/v2"
)

// Patterns that refer back or look around are matched by trying, for which the
// interpreter's library has no bound but this one of the whole process.
func init() { //nolint:gochecknoinits // before any pattern is compiled
	regexp2.DefaultMatchTimeout = DefaultBudget / 2
	regexp2.SetTimeoutCheckPeriod(2 * time.Millisecond)
}
