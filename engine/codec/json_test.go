package codec

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"math/big"
	"net"
	"net/netip"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

func jsonLine(t testing.TB, cols Columns, r Row) string {
	t.Helper()
	var out bytes.Buffer
	w := NewJSON(&out, cols)
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Close())
	return out.String()
}

func TestJSONForms(t *testing.T) {
	t.Parallel()
	moment := time.Date(2026, 3, 1, 12, 0, 0, 120_000_000, time.UTC).UnixNano()
	tests := []struct {
		name  string
		scope field.Scope
		field string
		set   func(v *field.Value)
		want  string
	}{
		{"null", field.Flow, "tunnel", func(*field.Value) {}, `{}`},
		{"time", field.Flow, "first_seen", intValue(moment), `{"first_seen":"2026-03-01T12:00:00.12Z"}`},
		{"time before the epoch", field.Flow, "first_seen", intValue(-1), `{"first_seen":"1969-12-31T23:59:59.999999999Z"}`},
		{"duration", field.Flow, "duration", intValue(1_000_000_001), `{"duration":1.000000001}`},
		{"whole seconds", field.Flow, "duration", intValue(3e9), `{"duration":3}`},
		{"less than a second, negative", field.Flow, "duration", intValue(-50_000_000), `{"duration":-0.05}`},
		{"least duration", field.Flow, "duration", intValue(math.MinInt64), `{"duration":-9223372036.854775808}`},
		{"largest number", field.Flow, "bytes", uintValue(math.MaxUint64), `{"bytes":18446744073709551615}`},
		{"float", field.Flow, "cli2srv_len_mean", floatValue(1.5e6), `{"cli2srv_len_mean":1500000}`},
		{"tiny float", field.Flow, "cli2srv_len_mean", floatValue(1e-7), `{"cli2srv_len_mean":1e-07}`},
		{"NaN", field.Flow, "cli2srv_len_mean", floatValue(math.NaN()), `{}`},
		{"infinity", field.Flow, "cli2srv_len_mean", floatValue(math.Inf(-1)), `{}`},
		{"IPv4", field.Flow, "cli_ip", addr("192.0.2.1"), `{"cli_ip":"192.0.2.1"}`},
		{"IPv6", field.Flow, "cli_ip", addr("2001:db8::1"), `{"cli_ip":"2001:db8::1"}`},
		{"a zone is foreign text", field.Flow, "cli_ip", addr(`fe80::1%"x`), `{"cli_ip":"fe80::1%\"x"}`},
		{"no address", field.Flow, "cli_ip", func(v *field.Value) { v.SetAddr(netip.Addr{}) }, `{}`},
		{"MAC", field.Flow, "cli_mac", func(v *field.Value) { v.SetMAC([6]byte{0, 1, 2, 0xab, 0xcd, 0xef}) }, `{"cli_mac":"00:01:02:ab:cd:ef"}`},
		{"MAC as text", field.Flow, "cli_mac", text("00:01:02:ab:cd:ef"), `{"cli_mac":"00:01:02:ab:cd:ef"}`},
		{"escapes", field.Flow, "tunnel", text("\"\\/\b\n\r\t\x00\x1f\x7f<é"), `{"tunnel":"\"\\/\u0008\n\r\t\u0000\u001f` + "\x7f" + `<é"}`},
		{"invalid UTF-8", field.Flow, "tunnel", text("a\xff\xfeb\xc3"), `{"tunnel":"a��b�"}`},
		{"list", field.Host, "protocols", func(v *field.Value) { v.SetList([]string{"TCP", "a\"b"}) }, `{"protocols":["TCP","a\"b"]}`},
		{"empty list", field.Host, "protocols", func(v *field.Value) { v.SetList(nil) }, `{"protocols":[]}`},
		{"bool", field.Host, "is_local", func(v *field.Value) { v.SetBool(false) }, `{"is_local":false}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := rowOf(t, tt.scope, map[string]func(*field.Value){tt.field: tt.set})
			require.Equal(t, tt.want+"\n", jsonLine(t, allColumns(t, tt.scope), r))
		})
	}
}

func TestJSONMembersAreInCatalogueOrder(t *testing.T) {
	t.Parallel()
	r := rowOf(t, field.Flow, map[string]func(*field.Value){"bytes": uintValue(9), "cli_port": uintValue(53), "packets": uintValue(1)})
	require.Equal(t, `{"cli_port":53,"bytes":9}`+"\n", jsonLine(t, allColumns(t, field.Flow, "bytes", "cli_port"), r))
}

// TestJSONRoundTrip reads everything back by encoding/json.
func TestJSONRoundTrip(t *testing.T) {
	t.Parallel()
	for _, scope := range field.Scopes() {
		rows := randomRows(t, scope, 300)
		var out bytes.Buffer
		writeAll(t, NewJSON(&out, allColumns(t, scope)), rows)
		dec := json.NewDecoder(&out)
		dec.UseNumber()
		for _, r := range rows {
			var got map[string]any
			require.NoError(t, dec.Decode(&got))
			present := 0
			for i, f := range field.Of(scope) {
				if r[i].IsNull() {
					require.NotContains(t, got, f.Name)
					continue
				}
				present++
				requireJSON(t, &f, &r[i], got[f.Name])
			}
			require.Len(t, got, present)
		}
		require.ErrorIs(t, dec.Decode(new(any)), io.EOF)
	}
}

func requireJSON(t *testing.T, f *field.Field, v *field.Value, got any) {
	t.Helper()
	switch f.Kind {
	case field.Bool:
		require.Equal(t, v.Bool(), got, f.Name)
	case field.String:
		require.Equal(t, repaired(v.Str()), got, f.Name)
	case field.StringList:
		want := make([]any, len(v.List()))
		for i, s := range v.List() {
			want[i] = repaired(s)
		}
		require.Equal(t, want, got, f.Name)
	case field.IP:
		back, err := netip.ParseAddr(got.(string))
		require.NoError(t, err)
		require.Equal(t, v.Addr(), back, f.Name)
	case field.MAC:
		back, err := net.ParseMAC(got.(string))
		require.NoError(t, err)
		require.Equal(t, v.Uint(), new(big.Int).SetBytes(back).Uint64(), f.Name)
	case field.Time:
		back, err := time.Parse(time.RFC3339Nano, got.(string))
		require.NoError(t, err)
		require.Equal(t, v.Int(), back.UnixNano(), f.Name)
		require.Equal(t, time.UTC, back.Location(), f.Name)
	case field.Duration:
		requireSeconds(t, v.Int(), string(got.(json.Number)))
	case field.Float64:
		back, err := got.(json.Number).Float64()
		require.NoError(t, err)
		require.Equal(t, v.Float(), back, f.Name)
	default:
		requireUint(t, v.Uint(), string(got.(json.Number)))
	}
}

func requireSeconds(t *testing.T, ns int64, got string) {
	t.Helper()
	seconds, ok := new(big.Rat).SetString(got)
	require.True(t, ok, got)
	require.Zero(t, seconds.Cmp(big.NewRat(ns, 1e9)), "%d ns became %s", ns, got)
}

func requireUint(t *testing.T, want uint64, got string) {
	t.Helper()
	n, ok := new(big.Int).SetString(got, 10)
	require.True(t, ok && n.IsUint64(), got)
	require.Equal(t, want, n.Uint64())
}

func TestJSONAllocatesNothingPerRow(t *testing.T) {
	// Not parallel: AllocsPerRun counts the allocations of all goroutines.
	for _, scope := range field.Scopes() {
		w := NewJSON(io.Discard, allColumns(t, scope))
		r := benchRow(t, scope)
		require.Zero(t, testing.AllocsPerRun(500, func() { _ = w.Write(r) }), scope.String())
	}
}

// FuzzJSONString: what we escape, encoding/json decodes to the repaired string.
func FuzzJSONString(f *testing.F) {
	for _, s := range pieces {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		quoted := appendString([]byte("prefix"), s)[len("prefix"):]
		var got string
		require.NoError(t, json.Unmarshal(quoted, &got), "%q", quoted)
		require.Equal(t, repaired(s), got)
		require.True(t, utf8.Valid(quoted))
		require.NotContains(t, string(quoted), "\n", "one object a line")
		require.Equal(t, repaired(s), string(appendUTF8(nil, s)))
	})
}

// FuzzSeconds: the decimal is the exact number of nanoseconds.
func FuzzSeconds(f *testing.F) {
	for _, ns := range []int64{0, 1, -1, 999_999_999, 1e9, -1e9 - 1, math.MaxInt64, math.MinInt64} {
		f.Add(ns, uint8(0))
	}
	f.Fuzz(func(t *testing.T, ns int64, shift uint8) {
		ns >>= shift % 64 // else nearly all are of 19 digits
		requireSeconds(t, ns, string(appendSeconds(nil, ns)))
	})
}

// benchRow is a full record of ordinary values: no nulls, text without escapes.
func benchRow(t testing.TB, scope field.Scope) Row {
	t.Helper()
	all := field.Of(scope)
	r := make(fakeRow, len(all))
	for i, f := range all {
		switch f.Kind {
		case field.Float64:
			r[i].SetFloat(612.4375)
		case field.String:
			r[i].SetString("established")
		case field.StringList:
			r[i].SetList([]string{"TCP", "UDP"})
		case field.IP:
			r[i].SetAddr(netip.MustParseAddr("192.168.178.21"))
		case field.Time:
			r[i].SetInt(1772366400_123456789)
		case field.Duration:
			r[i].SetInt(12_345_678)
		case field.Uint16:
			r[i].SetUint(51234)
		case field.Uint32:
			r[i].SetUint(1500)
		case field.Uint64:
			r[i].SetUint(1_234_567)
		default:
			r[i].SetUint(24)
		}
	}
	return r
}

func BenchmarkJSON(b *testing.B) {
	cols := allColumns(b, field.Flow)
	w := NewJSON(io.Discard, cols)
	r := benchRow(b, field.Flow)
	b.ReportMetric(float64(len(cols.Fields)), "fields")
	b.ReportAllocs()
	for b.Loop() {
		_ = w.Write(r)
	}
}
