package surface

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func manyFlows(t *testing.T, n int) string {
	b := binary.LittleEndian.AppendUint32(nil, 0xa1b2c3d4)
	b = append(b, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 101, 0, 0, 0)
	for i := range n {
		p := []byte{0x45, 0, 0, 32, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, byte(i >> 8), byte(i), 0x30, 0x39, 0, 12, 0, 0, 1, 2, 3, 4}
		p[20] += 0x10
		b = binary.LittleEndian.AppendUint32(b, 1700000000+uint32(i/500))
		b = binary.LittleEndian.AppendUint32(b, uint32(i))
		b = binary.LittleEndian.AppendUint32(b, uint32(len(p)))
		b = binary.LittleEndian.AppendUint32(b, uint32(len(p)))
		b = append(b, p...)
	}
	f := filepath.Join(t.TempDir(), "x.pcap")
	require.NoError(t, os.WriteFile(f, b, 0o600))
	return f
}

// Checks run side by side, and each of their questions is answered.
func TestTwoFunctionsAtATime(t *testing.T) {
	t.Parallel()
	path := manyFlows(t, 2000)
	for _, workers := range []int{1, 2} {
		s, err := Open(Options{Sources: []string{path}, Workers: workers, NoDetection: true, Functions: []Function{
			{Name: "a", Hooks: []string{"flow_end"}}, {Name: "b", Hooks: []string{"flow_end"}}, {Name: "c", Hooks: []string{"flow_end"}},
		}}, Leaves{})
		require.NoError(t, err)
		seen := map[int]int{}
		for {
			e, err := s.Next(10 * time.Second)
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
			if e.Batch != nil {
				e.Batch.Release()
			}
			if q := e.Question; q != nil {
				b, err := q.Columns("srv_port")
				if err != nil {
					t.Log(workers, "columns:", err)
				} else {
					seen[q.Function] += int(b.NumRows())
					b.Release()
				}
				for i := range q.Rows() {
					if err := q.Alert(i, 100, "x"); err != nil {
						t.Log(workers, "alert:", err)
						break
					}
				}
				q.Done()
			}
		}
		text, _ := s.Costs()
		t.Log(workers, seen, string(text))
		s.Close()
	}
}
