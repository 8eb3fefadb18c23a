package afpacket

import (
	"os"
	"testing"

	"github.com/flowloom/flowloom/internal/netlab"
)

// TestMain runs the tests in a network namespace of their own.
func TestMain(m *testing.M) { os.Exit(netlab.Main(m)) }
