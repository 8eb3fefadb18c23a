package engine_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/capture/replay"
	"github.com/flowloom/flowloom/engine/flow"
)

type counting struct{ n int }

func (c *counting) Flow(*flow.Record) error { c.n++; return nil }

// A reader that is late gets more of the past: time does not run ahead of what waits.
func TestAStallTearsNoFlow(t *testing.T) {
	t.Parallel()
	b := binary.LittleEndian.AppendUint32(nil, 0xa1b2c3d4)
	b = append(b, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 101, 0, 0, 0)
	for i := range 60000 { // one UDP flow, a packet each 0.1 ms, for 6 s
		p := []byte{0x45, 0, 0, 32, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0x40, 1, 0x30, 0x39, 0, 12, 0, 0, 1, 2, 3, 4}
		b = binary.LittleEndian.AppendUint32(b, 1700000000+uint32(i/10000))
		b = binary.LittleEndian.AppendUint32(b, uint32(i%10000*100))
		b = binary.LittleEndian.AppendUint32(b, uint32(len(p)))
		b = binary.LittleEndian.AppendUint32(b, uint32(len(p)))
		b = append(b, p...)
	}
	f := filepath.Join(t.TempDir(), "x.pcap")
	require.NoError(t, os.WriteFile(f, b, 0o600))
	src, err := replay.Open(f, replay.Config{})
	require.NoError(t, err)
	cfg := engine.Config{Workers: 2, Live: true}
	cfg.Flow.SetIdle(2 * time.Second)
	sink := &counting{}
	e, err := engine.New(cfg, src, sink)
	require.NoError(t, err)
	go func() {
		time.Sleep(time.Second)
		e.Look(func(engine.Tables) { time.Sleep(3 * time.Second) })
	}()
	require.NoError(t, e.Run(t.Context()))
	require.Equal(t, 1, sink.n)
}
