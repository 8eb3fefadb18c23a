package field

import (
	"math"
	"net/netip"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// knownUnits are the units that codecs and readers of the reference page expect.
// A new one is a decision: add it here and, where it reads better in other
// words, to the table for people in engine/codec.
var knownUnits = []string{"", "bytes", "packets", "flows", "hosts", "bit/s"}

func TestCatalogue(t *testing.T) {
	t.Parallel()
	snakeCase := regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	ipfix := regexp.MustCompile(`^([a-z][A-Za-z0-9]+( / [a-z][A-Za-z0-9]+)?)?$`)
	ntopng := regexp.MustCompile(`^([A-Z][A-Z0-9_]+( / [A-Z][A-Z0-9_]+)?)?$`)
	for _, scope := range Scopes() {
		require.NotEmpty(t, Of(scope), scope.String())
		seen := make(map[string]bool)
		for i, f := range Of(scope) {
			name := scope.String() + "." + f.Name
			require.Regexp(t, snakeCase, f.Name)
			require.False(t, seen[f.Name], "%s is declared twice", name)
			seen[f.Name] = true
			require.Equal(t, i, Index(scope, f.Name), name)
			require.NotContains(t, f.Kind.String(), "kind(", name)
			require.NotEmpty(t, f.Doc, name)
			require.Equal(t, strings.TrimSpace(f.Doc), f.Doc, name)
			require.False(t, strings.HasSuffix(f.Doc, "."), "%s: the meaning ends without a full stop", name)
			require.NotContains(t, f.Doc, "\n", name)
			require.Zero(t, strings.Count(f.Doc, "`")%2, "%s: a code span stays open", name)
			require.Contains(t, knownUnits, f.Unit, name)
			require.True(t, f.Unit == "" || countable(f.Kind), "%s: only numbers have a unit", name)
			require.Regexp(t, ipfix, f.IPFIX, name)
			require.Regexp(t, ntopng, f.Ntopng, name)
		}
	}
}

func countable(k Kind) bool {
	switch k {
	case Uint8, Uint16, Uint32, Uint64, Float64:
		return true
	default:
		return false
	}
}

// TestSameNameSameKind: a name that two scopes share means the same in both.
func TestSameNameSameKind(t *testing.T) {
	t.Parallel()
	first := make(map[string]Field)
	for _, scope := range Scopes() {
		for _, f := range Of(scope) {
			if g, ok := first[f.Name]; ok {
				require.Equal(t, g.Kind, f.Kind, f.Name)
				require.Equal(t, g.Unit, f.Unit, f.Name)
				continue
			}
			first[f.Name] = f
		}
	}
}

// TestDirectionsComeInPairs: what is known of one direction is known of the other,
// in the same terms.
func TestDirectionsComeInPairs(t *testing.T) {
	t.Parallel()
	pairs := 0
	for _, f := range Of(Flow) {
		rest, ok := strings.CutPrefix(f.Name, "cli2srv_")
		if !ok {
			continue
		}
		at := Index(Flow, "srv2cli_"+rest)
		require.GreaterOrEqual(t, at, 0, "%s has no counterpart", f.Name)
		other := Of(Flow)[at]
		require.Equal(t, f.Kind, other.Kind, f.Name)
		require.Equal(t, f.Unit, other.Unit, f.Name)
		require.Equal(t, f.Optional, other.Optional, f.Name)
		pairs++
	}
	back := 0
	for _, f := range Of(Flow) {
		if strings.HasPrefix(f.Name, "srv2cli_") {
			back++
		}
	}
	require.Equal(t, pairs, back)
}

func TestIndexUnknown(t *testing.T) {
	t.Parallel()
	require.Equal(t, -1, Index(Flow, "no_such_field"))
	require.Equal(t, -1, Index(numScopes, "bytes"))
	require.Nil(t, Of(numScopes))
}

func TestKindString(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	for k := Bool; k <= Duration; k++ {
		require.False(t, seen[k.String()], k.String())
		seen[k.String()] = true
	}
	require.Equal(t, "kind(0)", Kind(0).String())
	require.Equal(t, "kind(200)", Kind(200).String())
}

func TestValueReturnsWhatWasSet(t *testing.T) {
	t.Parallel()
	var v Value
	require.True(t, v.IsNull())
	check := func(want any, got func() any) {
		t.Helper()
		require.False(t, v.IsNull())
		require.Equal(t, want, got())
		v.Clear()
		require.True(t, v.IsNull())
		require.Equal(t, Value{}, v)
	}
	v.SetBool(true)
	check(true, func() any { return v.Bool() })
	v.SetUint(math.MaxUint64)
	check(uint64(math.MaxUint64), func() any { return v.Uint() })
	v.SetInt(math.MinInt64)
	check(int64(math.MinInt64), func() any { return v.Int() })
	v.SetFloat(-0.5)
	check(-0.5, func() any { return v.Float() })
	v.SetString("")
	check("", func() any { return v.Str() })
	v.SetList([]string{"a"})
	check([]string{"a"}, func() any { return v.List() })
	v.SetAddr(netip.IPv6Loopback())
	check(netip.IPv6Loopback(), func() any { return v.Addr() })
	v.SetMAC([6]byte{0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54})
	check("fe:dc:ba:98:76:54", func() any { return string(v.AppendMAC(nil)) })
}

func TestValueEmptyIsNull(t *testing.T) {
	t.Parallel()
	var v Value
	v.SetNonEmpty("")
	require.True(t, v.IsNull())
	v.SetMAC([6]byte{})
	require.True(t, v.IsNull())
	v.SetNonEmpty("x")
	require.Equal(t, "x", v.Str())
}

func TestSettersDoNotAllocate(t *testing.T) {
	// Not parallel: AllocsPerRun counts the allocations of all goroutines.
	var v Value
	buf := make([]byte, 0, 32)
	addr := netip.MustParseAddr("2001:db8::1")
	require.Zero(t, testing.AllocsPerRun(100, func() {
		v.SetUint(7)
		v.SetAddr(addr)
		v.SetMAC([6]byte{1, 2, 3, 4, 5, 6})
		buf = v.AppendMAC(buf[:0])
		v.Clear()
	}))
}
