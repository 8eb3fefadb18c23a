package codec

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

func TestParseSort(t *testing.T) {
	t.Parallel()
	keys, err := ParseSort(field.Flow, " -bytes, first_seen,")
	require.NoError(t, err)
	require.Equal(t, []SortKey{
		{Index: field.Index(field.Flow, "bytes"), Descending: true, kind: field.Uint64},
		{Index: field.Index(field.Flow, "first_seen"), kind: field.Time, sign: signed},
	}, keys)
	keys, err = ParseSort(field.Flow, "")
	require.NoError(t, err)
	require.Empty(t, keys)
	_, err = ParseSort(field.Flow, "-byte")
	require.EqualError(t, err, `cannot sort: there is no flow field "byte": did you mean bytes, cli2srv_bytes, srv2cli_bytes?`)
	_, err = ParseSort(field.Host, "--bytes_sent")
	require.ErrorContains(t, err, `"-bytes_sent"`)
}

// order sorts rows by the keys and returns the values of one column.
func order(t *testing.T, scope field.Scope, sortBy string, limit int, column string, rows ...fakeRow) []string {
	t.Helper()
	keys, err := ParseSort(scope, sortBy)
	require.NoError(t, err)
	var out bytes.Buffer
	writeAll(t, NewSorted(NewCSV(&out, allColumns(t, scope, column)), scope, keys, limit), rows)
	return strings.Split(strings.TrimSuffix(out.String(), "\r\n"), "\r\n")[1:]
}

func rowsOf(t *testing.T, scope field.Scope, name string, values ...func(*field.Value)) []fakeRow {
	t.Helper()
	var rows []fakeRow
	for _, set := range values {
		rows = append(rows, rowOf(t, scope, map[string]func(*field.Value){name: set}))
	}
	return rows
}

func null(*field.Value) {}

func TestSortByKind(t *testing.T) {
	t.Parallel()
	list := func(l ...string) func(*field.Value) { return func(v *field.Value) { v.SetList(l) } }
	boolean := func(b bool) func(*field.Value) { return func(v *field.Value) { v.SetBool(b) } }
	tests := []struct {
		scope  field.Scope
		field  string
		values []func(*field.Value)
		want   []string
	}{
		{field.Flow, "cli_ip", []func(*field.Value){addr("::1"), addr("192.0.2.10"), addr("192.0.2.9")}, []string{"192.0.2.9", "192.0.2.10", "::1"}},
		{field.Flow, "state", []func(*field.Value){text("b"), text("B"), text("a")}, []string{"B", "a", "b"}},
		{field.Flow, "bytes", []func(*field.Value){uintValue(math.MaxUint64), uintValue(9), uintValue(10)}, []string{"9", "10", "18446744073709551615"}},
		{field.Flow, "duration", []func(*field.Value){intValue(1e9), intValue(-1e9)}, []string{"-1", "1"}},
		{field.Flow, "cli2srv_len_mean", []func(*field.Value){null, floatValue(2), floatValue(-2.5)}, []string{"-2.5", "2", `""`}},
		{field.Flow, "cli_mac", []func(*field.Value){uintValue(256), uintValue(1)}, []string{"00:00:00:00:00:01", "00:00:00:00:01:00"}},
		{field.Host, "is_local", []func(*field.Value){boolean(true), boolean(false)}, []string{"false", "true"}},
		{field.Host, "protocols", []func(*field.Value){list("TCP", "UDP"), list("ICMP", "UDP"), list("TCP")}, []string{"ICMP;UDP", "TCP", "TCP;UDP"}},
	}
	for _, tt := range tests {
		t.Run(tt.field, func(t *testing.T) {
			t.Parallel()
			rows := rowsOf(t, tt.scope, tt.field, tt.values...)
			require.Equal(t, tt.want, order(t, tt.scope, tt.field, 0, tt.field, rows...))
		})
	}
}

func TestSortNullsLastInBothDirections(t *testing.T) {
	t.Parallel()
	rows := rowsOf(t, field.Flow, "srv_rtt", null, intValue(1e9), null, intValue(3e9))
	require.Equal(t, []string{"1", "3", `""`, `""`}, order(t, field.Flow, "srv_rtt", 0, "srv_rtt", rows...))
	require.Equal(t, []string{"3", "1", `""`, `""`}, order(t, field.Flow, "-srv_rtt", 0, "srv_rtt", rows...))
}

func TestWithoutKeysTheFirstRowsPassAtOnce(t *testing.T) {
	t.Parallel()
	next := &recorder{}
	s := NewSorted(next, field.Flow, nil, 2)
	for i, r := range randomRows(t, field.Flow, 5) {
		require.NoError(t, s.Write(r))
		require.Len(t, next.rows, min(i+1, 2))
	}
	require.NoError(t, s.Close())
	require.Len(t, next.rows, 2)
	require.True(t, next.closed)
}

// recorder is a Writer that keeps one value of each row.
type recorder struct {
	rows   []string
	at     int
	closed bool
	err    error
}

func (r *recorder) Write(row Row) error {
	var v field.Value
	row.Value(r.at, &v)
	r.rows = append(r.rows, fmt.Sprint(v.Uint()))
	return r.err
}

func (r *recorder) Close() error {
	r.closed = true
	return r.err
}

func TestSortedReportsTheNextWritersError(t *testing.T) {
	t.Parallel()
	keys, err := ParseSort(field.Flow, "bytes")
	require.NoError(t, err)
	s := NewSorted(&recorder{err: io.ErrShortWrite}, field.Flow, keys, 0)
	require.NoError(t, s.Write(rowOf(t, field.Flow, nil)))
	require.ErrorIs(t, s.Close(), io.ErrShortWrite)
}

// TestSortedAgainstSlices compares every limit with a stable sort of all rows,
// with few distinct keys so that ties matter; the rows' memory is reused.
func TestSortedAgainstSlices(t *testing.T) {
	t.Parallel()
	rng := newRand(t, 3)
	type plain struct{ protocol, bytes, id uint64 }
	scopeIndex := func(name string) int { return field.Index(field.Flow, name) }
	keys, err := ParseSort(field.Flow, "-ip_proto,bytes")
	require.NoError(t, err)
	for _, limit := range []int{0, 1, 2, 7, 99, 100, 101, 500} {
		for _, clone := range []bool{false, true} {
			var want []plain
			next := &recorder{at: scopeIndex("packets")}
			s := NewSorted(next, field.Flow, keys, limit)
			row, clones := make(fakeRow, len(field.Of(field.Flow))), 0
			for id := range uint64(100) {
				p := plain{rng.Uint64N(4), rng.Uint64N(4), id}
				want = append(want, p)
				row[scopeIndex("ip_proto")].SetUint(p.protocol)
				row[scopeIndex("bytes")].SetUint(p.bytes)
				row[scopeIndex("packets")].SetUint(p.id)
				if clone {
					require.NoError(t, s.Write(cloneRow{row, &clones}))
				} else {
					require.NoError(t, s.Write(row))
				}
				require.True(t, limit == 0 || s.kept.Len() <= limit, "memory is bounded by the limit")
			}
			require.NoError(t, s.Close())
			require.Equal(t, clone, clones > 0)
			slices.SortStableFunc(want, func(a, b plain) int {
				return cmp.Or(-cmp.Compare(a.protocol, b.protocol), cmp.Compare(a.bytes, b.bytes))
			})
			var ids []string
			for _, p := range want {
				ids = append(ids, fmt.Sprint(p.id))
			}
			if limit > 0 {
				ids = ids[:min(limit, len(ids))]
			}
			require.Equal(t, ids, next.rows, "limit %d", limit)
		}
	}
}

func TestSortedCopiesBorrowedLists(t *testing.T) {
	t.Parallel()
	shared := []string{"TCP"}
	row := rowOf(t, field.Host, map[string]func(*field.Value){"protocols": func(v *field.Value) { v.SetList(shared) }})
	keys, err := ParseSort(field.Host, "protocols")
	require.NoError(t, err)
	var out bytes.Buffer
	s := NewSorted(NewCSV(&out, allColumns(t, field.Host, "protocols")), field.Host, keys, 0)
	require.NoError(t, s.Write(row))
	shared[0] = "changed"
	require.NoError(t, s.Close())
	require.Equal(t, "protocols\r\nTCP\r\n", out.String())
}

// BenchmarkSortedTop20 is the usual table of a large capture: most rows lose.
func BenchmarkSortedTop20(b *testing.B) {
	keys, err := ParseSort(field.Flow, "-bytes")
	require.NoError(b, err)
	rows := randomRows(b, field.Flow, 1000)
	s := NewSorted(NewJSON(io.Discard, allColumns(b, field.Flow)), field.Flow, keys, 20)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		_ = s.Write(rows[i%len(rows)])
	}
}
