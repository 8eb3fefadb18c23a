package replay

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
)

// A slow reader: the time that a batch tells must not be beyond frames that come later.
func TestNowIsNotAheadOfFrames(t *testing.T) {
	t.Parallel()
	b := binary.LittleEndian.AppendUint32(nil, 0xa1b2c3d4)
	b = append(b, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 101, 0, 0, 0)
	for i := range 200000 {
		p := make([]byte, 60)
		b = binary.LittleEndian.AppendUint32(b, 1700000000+uint32(i/1000))
		b = binary.LittleEndian.AppendUint32(b, uint32(i%1000))
		b = binary.LittleEndian.AppendUint32(b, uint32(len(p)))
		b = binary.LittleEndian.AppendUint32(b, uint32(len(p)))
		b = append(b, p...)
	}
	f := filepath.Join(t.TempDir(), "x.pcap")
	require.NoError(t, os.WriteFile(f, b, 0o600))
	s, err := Open(f, Config{Speed: 1000})
	require.NoError(t, err)
	var told int64
	worst := time.Duration(0)
	for {
		var b capture.Batch
		err := s.Read(&b)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		for i := range b.Frames {
			worst = max(worst, time.Duration(told-b.Frames[i].Time))
		}
		told = max(told, b.Now)
		time.Sleep(50 * time.Millisecond)
	}
	require.LessOrEqual(t, worst, 10*time.Millisecond)
}
