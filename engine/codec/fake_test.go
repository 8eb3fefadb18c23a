package codec

import (
	"errors"
	"math"
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

// fakeRow is a record that is nothing but its values.
type fakeRow []field.Value

func (r fakeRow) Value(i int, v *field.Value) { *v = r[i] }

// cloneRow is a fakeRow that can be kept, and tells that it was cloned.
type cloneRow struct {
	fakeRow
	clones *int
}

func (r cloneRow) CloneRow() Row {
	*r.clones++
	return append(fakeRow(nil), r.fakeRow...)
}

// rowOf returns a record of the scope with the named values set, the others null.
func rowOf(t testing.TB, scope field.Scope, values map[string]func(v *field.Value)) fakeRow {
	t.Helper()
	r := make(fakeRow, len(field.Of(scope)))
	for name, set := range values {
		i := field.Index(scope, name)
		require.GreaterOrEqual(t, i, 0, name)
		set(&r[i])
	}
	return r
}

func uintValue(n uint64) func(*field.Value)   { return func(v *field.Value) { v.SetUint(n) } }
func intValue(n int64) func(*field.Value)     { return func(v *field.Value) { v.SetInt(n) } }
func text(s string) func(*field.Value)        { return func(v *field.Value) { v.SetString(s) } }
func floatValue(f float64) func(*field.Value) { return func(v *field.Value) { v.SetFloat(f) } }
func addr(s string) func(*field.Value) {
	return func(v *field.Value) { v.SetAddr(netip.MustParseAddr(s)) }
}

// randomRow fills every field of the scope; one in four optional fields is null.
func randomRow(scope field.Scope, rng *rand.Rand) fakeRow {
	all := field.Of(scope)
	r := make(fakeRow, len(all))
	for i := range all {
		if all[i].Optional && rng.IntN(4) == 0 {
			continue
		}
		randomValue(&r[i], all[i].Kind, rng)
	}
	return r
}

func randomValue(v *field.Value, kind field.Kind, rng *rand.Rand) {
	switch kind {
	case field.Bool:
		v.SetBool(rng.IntN(2) == 0)
	case field.Uint8:
		v.SetUint(uint64(uint8(edgy(rng))))
	case field.Uint16:
		v.SetUint(uint64(uint16(edgy(rng))))
	case field.Uint32:
		v.SetUint(uint64(uint32(edgy(rng))))
	case field.Uint64:
		v.SetUint(edgy(rng))
	case field.Float64:
		v.SetFloat((rng.Float64() - 0.5) * math.Pow(10, float64(rng.IntN(60)-30)))
	case field.String:
		v.SetString(randomString(rng))
	case field.StringList:
		list := make([]string, rng.IntN(4))
		for i := range list {
			list[i] = randomString(rng)
		}
		v.SetList(list)
	case field.IP:
		v.SetAddr(randomAddr(rng))
	case field.MAC:
		v.SetUint(edgy(rng) & (1<<48 - 1))
	case field.Time, field.Duration:
		v.SetInt(int64(edgy(rng)))
	}
}

// edgy returns numbers of all magnitudes, the extremes among them.
func edgy(rng *rand.Rand) uint64 {
	switch rng.IntN(8) {
	case 0:
		return 0
	case 1:
		return math.MaxUint64
	case 2:
		return 1 << 63 // the least int64
	default:
		return rng.Uint64() >> rng.IntN(64)
	}
}

func randomAddr(rng *rand.Rand) netip.Addr {
	var b [16]byte
	for i := range b {
		b[i] = byte(rng.Uint32() >> rng.IntN(9))
	}
	if rng.IntN(2) == 0 {
		return netip.AddrFrom4([4]byte(b[:4]))
	}
	return netip.AddrFrom16(b)
}

var pieces = []string{
	"a", "example.org", " ", ",", ";", "\"", "\\", "\n", "\r", "\r\n", "\t", "\x00", "\x1b[31m", "\x7f", "\x80", "\xff\xfe",
	"é", "日本", "\u202e", "\u2028", "👩‍👩‍👧", "\xed\xa0\x80", "\xf0\x9f", "<b>&",
}

func randomString(rng *rand.Rand) string {
	s := ""
	for range rng.IntN(6) {
		s += pieces[rng.IntN(len(pieces))]
	}
	return s
}

// newRand returns a source that the test log can reproduce.
func newRand(t testing.TB, seed uint64) *rand.Rand {
	t.Helper()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, seed))
}

func randomRows(t testing.TB, scope field.Scope, n int) []fakeRow {
	t.Helper()
	rng := newRand(t, uint64(scope)+1)
	rows := make([]fakeRow, n)
	for i := range rows {
		rows[i] = randomRow(scope, rng)
	}
	return rows
}

func allColumns(t testing.TB, scope field.Scope, names ...string) Columns {
	t.Helper()
	cols, err := Select(scope, names)
	require.NoError(t, err)
	return cols
}

func writeAll(t testing.TB, w Writer, rows []fakeRow) {
	t.Helper()
	for _, r := range rows {
		require.NoError(t, w.Write(r))
	}
	require.NoError(t, w.Close())
}

// repaired is what a format keeps of a string from the wire: each byte that is
// not UTF-8 becomes U+FFFD.
func repaired(s string) string { return string([]rune(s)) }

var errDisk = errors.New("no space left on device")

// fullDisk fails from the first byte on and counts how often it was asked.
type fullDisk struct{ writes int }

func (d *fullDisk) Write([]byte) (int, error) {
	d.writes++
	return 0, errDisk
}

func TestFakeRowsCoverEveryKind(t *testing.T) {
	t.Parallel()
	seen := make(map[field.Kind]bool)
	for _, scope := range field.Scopes() {
		for _, f := range field.Of(scope) {
			seen[f.Kind] = true
		}
	}
	for k := field.Bool; k <= field.Duration; k++ {
		require.True(t, seen[k], "no field of kind %s tests its encoding", k)
	}
}

func TestWritersKeepTheFirstError(t *testing.T) {
	t.Parallel()
	cols := allColumns(t, field.Flow)
	row := randomRow(field.Flow, newRand(t, 7))
	writers := map[string]func(d *fullDisk) (Writer, error){
		"json":  func(d *fullDisk) (Writer, error) { return NewJSON(d, cols), nil },
		"csv":   func(d *fullDisk) (Writer, error) { return NewCSV(d, cols), nil },
		"table": func(d *fullDisk) (Writer, error) { return NewTable(d, cols, TableOptions{}), nil },
		"arrow": func(d *fullDisk) (Writer, error) { return NewArrow(d, cols, BatchRows(10)) },
	}
	for name, open := range writers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			disk := &fullDisk{}
			w, err := open(disk)
			require.NoError(t, err)
			for range 2000 {
				if err = w.Write(row); err != nil {
					break
				}
			}
			require.ErrorIs(t, err, errDisk)
			require.ErrorContains(t, err, "cannot write")
			require.ErrorIs(t, w.Write(row), errDisk)
			require.ErrorIs(t, w.Close(), errDisk)
			require.Equal(t, 1, disk.writes, "nothing may follow half an output")
		})
	}
}
