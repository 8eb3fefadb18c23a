package checks_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/internal/tracegen"
)

// lossyInterface is a capture of which the interface says that it dropped packets (pcapng,
// section 4.6: interface statistics).
func lossyInterface(t *testing.T, dropped uint64) string {
	t.Helper()
	tr := tracegen.New(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
	tr.Add(tcp(inside, outside, bulk(1000, 50_000)))
	frames, err := tr.Frames()
	require.NoError(t, err)
	var file bytes.Buffer
	require.NoError(t, tracegen.WritePcapng(&file, frames))
	le := binary.LittleEndian
	const size = 4 + 4 + 4 + 8 + 12 + 4 + 4
	block := le.AppendUint32(le.AppendUint32(nil, 5), size)
	block = le.AppendUint64(le.AppendUint32(block, 0), 0)                           // interface 0, no time
	block = le.AppendUint64(le.AppendUint16(le.AppendUint16(block, 5), 8), dropped) // isb_ifdrop
	block = le.AppendUint32(le.AppendUint32(block, 0), size)
	file.Write(block)
	path := filepath.Join(t.TempDir(), fmt.Sprintf("dropped%d.pcapng", dropped))
	require.NoError(t, os.WriteFile(path, file.Bytes(), 0o600))
	return path
}

func TestInterfaceDrops(t *testing.T) {
	t.Parallel()
	loud := run(t, "interface_drops", "share: 0.05", 1, lossyInterface(t, 20))
	require.Len(t, loud, 1)
	assert.Equal(t, "interface", loud[0].Entity.String())
	assert.Contains(t, loud[0].Message, "of the packets were dropped")
	assert.Empty(t, run(t, "interface_drops", "share: 0.05", 1, lossyInterface(t, 0)))
	assert.Empty(t, run(t, "interface_drops", "share: 0.05", 1, lossyInterface(t, 1)), "below the limit")
}

// An interface is silent while another one is not.
func TestNoInterfaceActivity(t *testing.T) {
	t.Parallel()
	short := captured(t, one(tcp(inside, outside, bulk(10, 10))))
	long := captured(t, one(tcp(inside, inside2, keepalive(6))))
	loud := run(t, "no_interface_activity", "minutes: 3", 1, short, long)
	require.Len(t, loud, 1)
	assert.Contains(t, loud[0].Message, "no packet for")
	assert.Contains(t, loud[0].Subject, filepath.Base(filepath.Dir(short)))
	assert.Empty(t, run(t, "no_interface_activity", "minutes: 3", 1, long), "busy in each minute")
}
