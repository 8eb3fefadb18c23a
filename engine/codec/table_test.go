package codec

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).UnixNano()

func flowRow(t testing.TB, at int64, client, proto string, bytes uint64) fakeRow {
	t.Helper()
	return rowOf(t, field.Flow, map[string]func(*field.Value){
		"first_seen": intValue(at), "cli_ip": addr(client), "l4_proto": text(proto), "bytes": uintValue(bytes),
	})
}

func render(t testing.TB, opt TableOptions, cols Columns, rows ...fakeRow) string {
	t.Helper()
	var out bytes.Buffer
	writeAll(t, NewTable(&out, cols, opt), rows)
	return out.String()
}

func TestTable(t *testing.T) {
	t.Parallel()
	cols := allColumns(t, field.Flow, "first_seen", "cli_ip", "l4_proto", "tunnel", "bytes")
	got := render(t, TableOptions{Width: 80}, cols,
		flowRow(t, noon, "192.0.2.1", "TCP", 1_234_567), flowRow(t, noon+5e6, "2001:db8::1", "UDP", 42))
	require.Equal(t, `times in UTC on 2026-03-01
first_seen    cli_ip       l4_proto   bytes
12:00:00.000  192.0.2.1    TCP       1.2 MB
12:00:00.005  2001:db8::1  UDP         42 B
`, got)
}

func TestTableSeveralDays(t *testing.T) {
	t.Parallel()
	cols := allColumns(t, field.Flow, "first_seen")
	got := render(t, TableOptions{}, cols, flowRow(t, noon, "::1", "TCP", 1), flowRow(t, noon+86400e9, "::1", "TCP", 1))
	require.Equal(t, "times in UTC\nfirst_seen\n2026-03-01 12:00:00.000\n2026-03-02 12:00:00.000\n", got)
}

func TestTableLateRowOfAnotherDayKeepsItsDate(t *testing.T) {
	t.Parallel()
	cols := allColumns(t, field.Flow, "first_seen")
	rows := make([]fakeRow, tableSample)
	for i := range rows {
		rows[i] = flowRow(t, noon, "::1", "TCP", 1)
	}
	got := render(t, TableOptions{}, cols, append(rows, flowRow(t, noon+86400e9, "::1", "TCP", 1))...)
	require.Contains(t, got, "\n12:00:00.000\n")
	require.True(t, strings.HasSuffix(got, "\n2026-03-02 12:00:00.000\n"))
}

func TestTableColor(t *testing.T) {
	t.Parallel()
	cols := allColumns(t, field.Flow, "first_seen", "l4_proto")
	rows := []fakeRow{flowRow(t, noon, "::1", "TCP", 1), flowRow(t, noon, "::1", "TCP", 1)}
	got := render(t, TableOptions{Color: true, Limit: 1}, cols, rows...)
	require.Equal(t, "\x1b[2mtimes in UTC on 2026-03-01\x1b[0m\n\x1b[1mfirst_seen    l4_proto\x1b[0m\n12:00:00.000  TCP\n\x1b[2m… and 1 more\x1b[0m\n", got)
	require.NotContains(t, render(t, TableOptions{Limit: 1}, cols, rows...), "\x1b")
}

func TestTableLimit(t *testing.T) {
	t.Parallel()
	cols := allColumns(t, field.Flow, "bytes")
	rows := make([]fakeRow, 5)
	for i := range rows {
		rows[i] = flowRow(t, noon, "::1", "TCP", uint64(i))
	}
	require.Equal(t, "bytes\n  0 B\n  1 B\n… and 3 more\n", render(t, TableOptions{Limit: 2}, cols, rows...))
	require.Equal(t, "bytes\n  0 B\n  1 B\n", render(t, TableOptions{Limit: 2}, cols, rows[:2]...))
}

func TestTableWithoutRowsOrValues(t *testing.T) {
	t.Parallel()
	cols := allColumns(t, field.Flow, "tunnel", "bytes")
	require.Equal(t, "tunnel  bytes\n", render(t, TableOptions{}, cols))
	require.Equal(t, "tunnel  bytes\n\n", render(t, TableOptions{}, cols, rowOf(t, field.Flow, nil)))
}

func TestTableHidesControls(t *testing.T) {
	t.Parallel()
	cols := allColumns(t, field.Flow, "tunnel", "bytes")
	evil := rowOf(t, field.Flow, map[string]func(*field.Value){"tunnel": text("a\x1b[2J\r\nb\u202ec\u009bd\xff"), "bytes": uintValue(1)})
	require.Equal(t, "tunnel         bytes\na?[2J??b?c?d?    1 B\n", render(t, TableOptions{}, cols, evil))
}

func TestTableCutsTextNotNumbers(t *testing.T) {
	t.Parallel()
	cols := allColumns(t, field.Flow, "tunnel", "cli_ip", "packets")
	row := rowOf(t, field.Flow, map[string]func(*field.Value){
		"tunnel": text("a-very-long-name.example.org"), "cli_ip": addr("2001:db8:aaaa:bbbb::1"), "packets": uintValue(123456789),
	})
	require.Equal(t, "tunnel    cli_ip                   packets\na-very-…  2001:db8:aaaa:bbbb::1  123456789\n",
		render(t, TableOptions{Width: 42}, cols, row))
	require.Contains(t, render(t, TableOptions{}, cols, row), "a-very-long-name.example.org", "no width cuts nothing")
}

func TestTableWideRunes(t *testing.T) {
	t.Parallel()
	cols := allColumns(t, field.Flow, "tunnel", "packets")
	var rows []fakeRow
	for _, name := range []string{"日本語ネット", "ascii", "é", "👩‍👩‍👧 family"} {
		rows = append(rows, rowOf(t, field.Flow, map[string]func(*field.Value){"tunnel": text(name), "packets": uintValue(7)}))
	}
	for _, width := range []int{0, 19, 18, 17} {
		lines := strings.Split(strings.TrimSuffix(render(t, TableOptions{Width: width}, cols, rows...), "\n"), "\n")
		for _, line := range lines[1:] {
			require.Equal(t, uniseg.StringWidth(lines[0]), uniseg.StringWidth(line), "width %d: %q", width, line)
		}
	}
}

// TestTableNeverExceedsItsWidth tries every width on rows of every kind.
func TestTableNeverExceedsItsWidth(t *testing.T) {
	t.Parallel()
	for _, scope := range field.Scopes() {
		rows := randomRows(t, scope, 20)
		for width := 1; width < 250; width++ {
			got := render(t, TableOptions{Width: width}, allColumns(t, scope), rows...)
			lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
			require.Len(t, lines, len(rows)+2, "a line each for caption, header and rows")
			for _, line := range lines {
				require.LessOrEqual(t, uniseg.StringWidth(line), width, "%q", line)
			}
		}
	}
}

func TestTableStreamsAfterTheSample(t *testing.T) {
	t.Parallel()
	cols := allColumns(t, field.Flow, "tunnel", "packets")
	var out bytes.Buffer
	table := NewTable(&out, cols, TableOptions{Width: 40})
	for i := range tableSample + 500 {
		name := fmt.Sprintf("short %d", i%10)
		if i >= tableSample {
			name = "much longer than any name of the sample"
		}
		require.NoError(t, table.Write(rowOf(t, field.Flow, map[string]func(*field.Value){"tunnel": text(name), "packets": uintValue(1)})))
		require.LessOrEqual(t, len(table.rows), tableSample)
	}
	require.NoError(t, table.Close())
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	require.Len(t, lines, tableSample+501)
	require.Equal(t, "short 9        1", lines[tableSample])
	require.Equal(t, "much l…        1", lines[tableSample+1])
}

// FuzzEllipsis: the cut text fits, is a prefix and says that it was cut.
func FuzzEllipsis(f *testing.F) {
	for _, s := range pieces {
		f.Add(s+s+s, 2)
	}
	f.Fuzz(func(t *testing.T, s string, n int) {
		s, n = visible(s), n%64
		got := ellipsis(s, n)
		require.LessOrEqual(t, textWidth(got), max(n, 0))
		if got == s {
			return
		}
		require.Greater(t, textWidth(s), n)
		require.True(t, strings.HasPrefix(s, strings.TrimSuffix(got, "…")))
		require.True(t, n < 1 || strings.HasSuffix(got, "…"))
	})
}
