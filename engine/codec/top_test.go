package codec

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

// firsts goes through rows page by page, and returns the values of one column.
func firsts(t *testing.T, rows []fakeRow, sort string, limit int, between func()) []string {
	t.Helper()
	keys, err := ParseSort(field.Flow, sort)
	require.NoError(t, err)
	var all []string
	var after []field.Value
	for range 1000 {
		top := NewTop(allColumns(t, field.Flow, "srv_port", "server_name"), keys, limit, after)
		for i, r := range rows {
			top.Offer(r)
			if i%10 == 9 {
				top.Settle()
			}
		}
		top.Settle()
		page, next := top.Rows()
		require.LessOrEqual(t, len(page), limit)
		for _, r := range page {
			var v field.Value
			r.Value(field.Index(field.Flow, "srv_port"), &v)
			all = append(all, fmt.Sprint(v.Uint()))
			v.Clear()
			r.Value(field.Index(field.Flow, "bytes"), &v)
			require.True(t, v.IsNull(), "only what was asked for is copied")
		}
		if next == "" {
			return all
		}
		after, err = ParseCursor(keys, next)
		require.NoError(t, err)
		between()
	}
	t.Fatal("the pages do not end")
	return nil
}

func portRow(t *testing.T, port, bytes uint64) fakeRow {
	t.Helper()
	return rowOf(t, field.Flow, map[string]func(*field.Value){
		"srv_port": func(v *field.Value) { v.SetUint(port) }, "bytes": func(v *field.Value) { v.SetUint(bytes) },
		"cli_ip": func(v *field.Value) { v.SetAddr(netip.AddrFrom4([4]byte{10, 0, 0, byte(port)})) },
	})
}

func TestPagesAreTheWholeList(t *testing.T) {
	t.Parallel()
	var rows []fakeRow
	for n := range uint64(200) {
		rows = append(rows, portRow(t, n, n/7%5))
	}
	rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	want := firsts(t, rows, "-bytes,srv_port", 200, nil)
	require.Len(t, want, 200)
	for _, limit := range []int{1, 7, 100, 199} {
		require.Equal(t, want, firsts(t, rows, "-bytes,srv_port", limit, func() {}), limit)
	}
	require.Empty(t, firsts(t, rows, "-bytes", 0, nil))
}

// Rows that stay are on one page each, whatever comes and goes between requests.
func TestPagesAreStable(t *testing.T) {
	t.Parallel()
	rows := make([]fakeRow, 0, 300)
	for n := range uint64(100) {
		rows = append(rows, portRow(t, n, n))
	}
	extra := uint64(1000)
	seen := make(map[string]int)
	for _, port := range firsts(t, rows, "-bytes,srv_port", 10, func() {
		for i := range uint64(5) { // before, among and behind what was seen
			rows = append(rows, portRow(t, extra, i*30))
			extra++
		}

	}) {
		seen[port]++
	}
	for n := range 100 {
		require.Equal(t, 1, seen[fmt.Sprint(n)], n)
	}
}

func TestCursorsOfAllKinds(t *testing.T) {
	t.Parallel()
	for _, scope := range []field.Scope{field.Flow, field.Host, field.Interface, field.Alert, field.Protocol} {
		for i, f := range field.Of(scope) {
			keys := []SortKey{{Index: i, kind: f.Kind}}
			for _, set := range []func(*field.Value){
				func(*field.Value) {},
				func(v *field.Value) {
					switch f.Kind {
					case field.String:
						v.SetString("a \xff text")
					case field.StringList:
						v.SetList([]string{"a", "b"})
					case field.IP:
						v.SetAddr(netip.MustParseAddr("fe80::1%eth0"))
					case field.Float64:
						v.SetFloat(0.1)
					case field.Time, field.Duration:
						v.SetInt(-1 << 63)
					case field.Uint64:
						v.SetUint(1<<64 - 1)
					default:
						v.SetUint(1)
					}
				},
			} {
				var v field.Value
				set(&v)
				got, err := ParseCursor(keys, cursorOf(keys, []field.Value{v}))
				require.NoError(t, err)
				if f.Kind != field.String { // whose invalid bytes JSON cannot keep
					require.Equal(t, v, got[0], f.Name)
				}
			}
		}
	}
	keys, err := ParseSort(field.Flow, "-bytes,cli_ip")
	require.NoError(t, err)
	for _, bad := range []string{"0", "x", "W10", "WyIxIl0", "WyJhIiwiYiJd", "WyIxIiwiYiJd", "!"} {
		_, err := ParseCursor(keys, bad)
		require.ErrorIs(t, err, errCursor, bad)
	}
}

// The names of a certificate are up to 64 of 255 bytes.
func TestCursorsOfTheLongestLists(t *testing.T) {
	t.Parallel()
	keys, err := ParseSort(field.Flow, "tls_cert_names")
	require.NoError(t, err)
	for _, letter := range []string{"a", "<", `"`} {
		var v field.Value
		v.SetList(slices.Repeat([]string{strings.Repeat(letter, 255)}, 64))
		got, err := ParseCursor(keys, cursorOf(keys, []field.Value{v}))
		require.NoError(t, err, letter)
		require.Equal(t, v, got[0], letter)
	}
}

func FuzzParseCursor(f *testing.F) {
	keys, err := ParseSort(field.Flow, "-bytes,cli_ip,risks,server_name,duration,cli_mac")
	require.NoError(f, err)
	f.Add(`[null,null,null,null,null,null]`)
	f.Add(`["18446744073709551615","fe80::1%eth0",["a","b"],"www.example.com","-1",["00:00:5e:00:53:01"]]`)
	f.Add(`["1","192.0.2.1",[],"\u00fc<",null,"281474976710655"]`)
	f.Fuzz(func(t *testing.T, text string) {
		values, err := ParseCursor(keys, base64.RawURLEncoding.EncodeToString([]byte(text)))
		if err != nil {
			return
		}
		next := cursorOf(keys, values)
		if len(next) > maxCursor {
			return // what was no UTF-8, or not escaped, is longer now
		}
		again, err := ParseCursor(keys, next)
		require.NoError(t, err)
		require.Equal(t, next, cursorOf(keys, again))
	})
}
