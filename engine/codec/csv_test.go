package codec

import (
	"bytes"
	"encoding/csv"
	"io"
	"math"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

func TestCSVForm(t *testing.T) {
	t.Parallel()
	r := rowOf(t, field.Host, map[string]func(*field.Value){
		"ip": addr("192.0.2.1"), "name": text(`pc "7", attic`), "is_local": func(v *field.Value) { v.SetBool(true) },
		"protocols": func(v *field.Value) { v.SetList([]string{"TCP", "UDP"}) }, "throughput": floatValue(math.NaN()),
		"bytes_sent": uintValue(7),
	})
	var out bytes.Buffer
	writeAll(t, NewCSV(&out, allColumns(t, field.Host, "bytes_sent", "ip", "mac", "name", "is_local", "protocols", "throughput")), []fakeRow{r})
	require.Equal(t, "bytes_sent,ip,mac,name,is_local,protocols,throughput\r\n"+
		"7,192.0.2.1,,\"pc \"\"7\"\", attic\",true,TCP;UDP,\r\n", out.String())
}

func TestCSVSingleEmptyCellIsARow(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	writeAll(t, NewCSV(&out, allColumns(t, field.Flow, "tunnel")), []fakeRow{rowOf(t, field.Flow, nil)})
	lines, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	require.Equal(t, [][]string{{"tunnel"}, {""}}, lines)
}

// TestCSVRoundTrip reads everything back by encoding/csv.
func TestCSVRoundTrip(t *testing.T) {
	t.Parallel()
	for _, scope := range field.Scopes() {
		rows := randomRows(t, scope, 300)
		cols := allColumns(t, scope)
		var out bytes.Buffer
		writeAll(t, NewCSV(&out, cols), rows)
		lines, err := csv.NewReader(&out).ReadAll()
		require.NoError(t, err)
		require.Len(t, lines, len(rows)+1)
		require.Equal(t, names(cols), lines[0])
		for n, r := range rows {
			for i, f := range cols.Fields {
				requireCell(t, &f, &r[i], lines[n+1][i])
			}
		}
	}
}

// newlines is what encoding/csv makes of line ends within quotes.
func newlines(s string) string { return strings.ReplaceAll(repaired(s), "\r\n", "\n") }

func requireCell(t *testing.T, f *field.Field, v *field.Value, got string) {
	t.Helper()
	if v.IsNull() {
		require.Empty(t, got, f.Name)
		return
	}
	switch f.Kind {
	case field.Bool:
		require.Equal(t, strconv.FormatBool(v.Bool()), got, f.Name)
	case field.String:
		require.Equal(t, newlines(v.Str()), got, f.Name)
	case field.StringList:
		require.Equal(t, newlines(strings.Join(v.List(), ";")), got, f.Name)
	case field.IP:
		require.Equal(t, v.Addr(), netip.MustParseAddr(got), f.Name)
	case field.MAC:
		digits, err := strconv.ParseUint(strings.ReplaceAll(got, ":", ""), 16, 64)
		require.NoError(t, err)
		require.Equal(t, v.Uint(), digits, f.Name)
	case field.Time:
		back, err := time.Parse(time.RFC3339Nano, got)
		require.NoError(t, err)
		require.Equal(t, v.Int(), back.UnixNano(), f.Name)
	case field.Duration:
		requireSeconds(t, v.Int(), got)
	case field.Float64:
		back, err := strconv.ParseFloat(got, 64)
		require.NoError(t, err)
		require.Equal(t, v.Float(), back, f.Name)
	default:
		requireUint(t, v.Uint(), got)
	}
}

func TestCSVAllocatesNothingPerRow(t *testing.T) {
	// Not parallel: AllocsPerRun counts the allocations of all goroutines.
	w := NewCSV(io.Discard, allColumns(t, field.Host))
	r := benchRow(t, field.Host)
	require.Zero(t, testing.AllocsPerRun(500, func() { _ = w.Write(r) }))
}

// FuzzCSVCell: a cell never becomes two, and reads back.
func FuzzCSVCell(f *testing.F) {
	for _, s := range pieces {
		f.Add(s, ";")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		r := rowOf(t, field.Flow, map[string]func(*field.Value){"state": text(a), "end_reason": text(b)})
		var out bytes.Buffer
		writeAll(t, NewCSV(&out, allColumns(t, field.Flow, "state", "end_reason")), []fakeRow{r})
		lines, err := csv.NewReader(&out).ReadAll()
		require.NoError(t, err)
		require.Equal(t, [][]string{{"state", "end_reason"}, {newlines(a), newlines(b)}}, lines)
	})
}

func BenchmarkCSV(b *testing.B) {
	w := NewCSV(io.Discard, allColumns(b, field.Flow))
	r := benchRow(b, field.Flow)
	b.ReportAllocs()
	for b.Loop() {
		_ = w.Write(r)
	}
}
