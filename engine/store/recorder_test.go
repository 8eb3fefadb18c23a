package store

import (
	"context"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
)

// database is a fake that keeps the packets of flows, and takes them when it is let.
type database struct {
	mu      sync.Mutex
	let     chan struct{} // nil when it takes all at once
	err     error
	packets []uint64
	mark    uint64
	tables  map[string]int64
}

func (d *database) Append(_ context.Context, rows []Rows) error {
	if d.let != nil {
		<-d.let
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err != nil {
		return d.err
	}
	for _, r := range rows {
		switch r.Table {
		case Marks:
			d.mark = r.Batch.Column(0).(*array.Uint64).Value(0)
		case Flows:
			at := r.Batch.Schema().FieldIndices("packets")[0]
			d.packets = append(d.packets, r.Batch.Column(at).(*array.Uint64).Uint64Values()...)
		default:
			d.tables[r.Table] += r.Batch.NumRows()
		}
	}
	return nil
}

func (d *database) Marked(context.Context) (uint64, error) { return d.mark, nil }

func (d *database) has() []uint64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]uint64(nil), d.packets...)
}

// numbered is a flow that has a number for its packets.
type numbered struct{ n uint64 }

func (r numbered) Value(i int, v *field.Value) {
	switch f := field.Of(field.Flow)[i]; {
	case f.Name == "packets":
		v.SetUint(r.n)
	case f.Optional:
	case f.Kind == field.String:
		v.SetString("text")
	case f.Kind == field.IP:
		v.SetAddr(netip.AddrFrom4([4]byte{192, 0, 2, 1}))
	default:
		v.SetUint(0)
	}
}

func record(t *testing.T, d *database, dir string, every time.Duration) *Recorder {
	t.Helper()
	j, err := OpenJournal(t.Context(), dir, d)
	require.NoError(t, err)
	sample := func() []Rows { return SampleRows([]Sample{{Metric: "test"}}) }
	r, err := NewRecorder(d, Config{Every: every, Journal: j, More: sample})
	require.NoError(t, err)
	return r
}

func numbers(to int) (all []uint64) {
	for n := range to {
		all = append(all, uint64(n))
	}
	return all
}

// TestADatabaseThatTakesLongLosesNothing has a process end while its database is at work for
// much longer than the interval. What is older than the interval has to be there for the next
// process, once, whether the database had it in the end or not.
func TestADatabaseThatTakesLongLosesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "journal")
	d := &database{let: make(chan struct{}), tables: make(map[string]int64)}
	const every = 2 * time.Second
	r := record(t, d, dir, every)
	const flows = 2*codec.MaxBatchRows + 100
	for n := range uint64(flows) {
		require.NoError(t, r.Flow(numbered{n}))
	}
	time.Sleep(every)
	require.Empty(t, d.has())
	var crashed [2]string // as the next process finds it
	for i := range crashed {
		crashed[i] = filepath.Join(t.TempDir(), "journal")
		require.NoError(t, os.CopyFS(crashed[i], os.DirFS(dir)))
	}
	close(d.let)
	require.NoError(t, r.Close())
	require.Equal(t, numbers(flows), d.has())
	require.False(t, LeftInJournal(dir), "the database has it")

	had := &database{mark: d.mark}
	j, err := OpenJournal(t.Context(), crashed[0], had)
	require.NoError(t, err)
	require.Empty(t, had.packets, "nothing comes twice")
	require.Equal(t, d.mark, j.last, "numbers go on")

	lacked := &database{tables: make(map[string]int64)}
	j, err = OpenJournal(t.Context(), crashed[1], lacked)
	require.NoError(t, err)
	require.Equal(t, numbers(flows), lacked.packets)
	require.Positive(t, lacked.tables[Samples])
	require.Equal(t, lacked.mark, j.last)
	require.False(t, LeftInJournal(crashed[1]))
}

func TestAQuickDatabaseNeedsNoJournal(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "journal")
	d := &database{tables: make(map[string]int64)}
	r := record(t, d, dir, time.Second)
	for n := range uint64(1000) {
		require.NoError(t, r.Flow(numbered{n}))
		time.Sleep(2 * time.Millisecond)
	}
	require.NoError(t, r.Close())
	require.Equal(t, numbers(1000), d.has())
	require.NoDirExists(t, dir)
}

// TestWhatFailsAtTheEndIsThereTheNextTime has a database that takes nothing, up to the end.
func TestWhatFailsAtTheEndIsThereTheNextTime(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "journal")
	d := &database{err: errors.New("full"), tables: make(map[string]int64)}
	r := record(t, d, dir, time.Minute)
	require.NoError(t, r.Flow(numbered{0}))
	require.ErrorIs(t, r.Close(), d.err)
	d.err = nil
	r = record(t, d, dir, time.Minute)
	require.NoError(t, r.Flow(numbered{1}))
	require.NoError(t, r.Close())
	require.Equal(t, numbers(2), d.has())
	require.False(t, LeftInJournal(dir))
}

func TestTroubleWithTheJournal(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "journal")
	require.NoError(t, os.Mkdir(dir, 0o750))
	begun := filepath.Join(dir, "00000000000000000001.flows.arrows.tmp")
	require.NoError(t, os.WriteFile(begun, []byte("half a file"), 0o600))
	d := &database{tables: make(map[string]int64)}
	_, err := OpenJournal(t.Context(), dir, d)
	require.NoError(t, err)
	require.NoFileExists(t, begun)

	damaged := filepath.Join(dir, "00000000000000000007.flows.arrows")
	require.NoError(t, os.WriteFile(damaged, []byte("not Arrow"), 0o600))
	_, err = OpenJournal(t.Context(), dir, d)
	require.ErrorContains(t, err, damaged)
	require.FileExists(t, damaged, "nothing is thrown away")
	require.NoError(t, os.RemoveAll(dir))

	require.NoError(t, os.WriteFile(dir, nil, 0o600)) // where the folder should be
	j := &Journal{dir: dir}
	d.let = make(chan struct{})
	r, err := NewRecorder(d, Config{Every: 100 * time.Millisecond, Journal: j})
	require.NoError(t, err)
	require.NoError(t, r.Flow(numbered{0}))
	require.Eventually(t, func() bool { return r.Failing() != nil }, 10*time.Second, time.Millisecond)
	require.Positive(t, r.Counters()[1].Value)
	close(d.let)
	require.NoError(t, r.Close())
	require.Equal(t, numbers(1), d.has())
}
