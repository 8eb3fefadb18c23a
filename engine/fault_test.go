package engine_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/flow"
)

// panics is a sink with a fault.
type panics struct{}

func (panics) Flow(*flow.Record) error { panic("a fault") }

// A fault ends the run with an error, whoever works on the stage, and not the program.
func TestFaultIsAnError(t *testing.T) {
	t.Parallel()
	for workers := 1; workers <= 3; workers++ {
		src, err := capture.OpenReader("test.pcap", bytes.NewReader(trace(t, "office")))
		require.NoError(t, err)
		e, err := engine.New(engine.Config{Workers: workers}, src, panics{})
		require.NoError(t, err)
		var fault *engine.FaultError
		require.ErrorAs(t, e.Run(t.Context()), &fault)
		require.Equal(t, "a fault", fault.Value)
		require.Contains(t, fault.Error(), "fault_test.go")
		require.NoError(t, src.Close())
	}
}
