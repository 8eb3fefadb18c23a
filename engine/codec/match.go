package codec

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/flowloom/flowloom/engine/field"
)

// Match is a condition on one field of a row.
type Match struct {
	index int
	kind  field.Kind
	op    string
	want  field.Value
	text  string
	net   netip.Prefix
}

// Operators of conditions: equal, unequal, at least, at most, contains.
const (
	opEqual    = "="
	opUnequal  = "!="
	opAtLeast  = ">="
	opAtMost   = "<="
	opContains = "~="
)

// ParseMatch reads the condition of a key and a value as they stand in a query
// (`srv_port=443`, `bytes>=1000`, `server_name~=example`): the key ends in what comes
// before the equals sign. Addresses are compared with an address or a network, times are
// RFC 3339, durations seconds, a list holds the value or does not.
func ParseMatch(scope field.Scope, key, value string) (Match, error) {
	m := Match{op: opEqual, text: value}
	name := key
	for _, op := range []string{opUnequal, opAtLeast, opAtMost, opContains} {
		if rest, ok := strings.CutSuffix(key, op[:1]); ok {
			name, m.op = rest, op
		}
	}
	if m.index = field.Index(scope, name); m.index < 0 {
		if strings.ContainsAny(key, "<>") && value == "" { // what stands before the first equals sign is the key
			return m, fmt.Errorf("cannot filter by %s: the conditions are =, !=, >=, <= and ~=", key)
		}
		return m, fmt.Errorf("cannot filter: %w", unknownField(scope, name))
	}
	m.kind = field.Of(scope)[m.index].Kind
	if err := m.parse(value); err != nil {
		return m, fmt.Errorf("cannot filter by %s%s%s: %w", name, m.op, value, err)
	}
	return m, m.check(name)
}

// parse reads the value as the field's kind has it.
func (m *Match) parse(value string) error {
	if m.op == opContains {
		return nil
	}
	var err error
	switch m.kind {
	case field.Bool:
		var b bool
		b, err = strconv.ParseBool(value)
		m.want.SetBool(b)
	case field.Float64:
		var f float64
		f, err = strconv.ParseFloat(value, 64)
		m.want.SetFloat(f)
	case field.Time:
		var t time.Time
		t, err = time.Parse(time.RFC3339Nano, value)
		m.want.SetInt(t.UnixNano())
	case field.Duration:
		var f float64
		f, err = strconv.ParseFloat(value, 64)
		m.want.SetInt(int64(f * 1e9))
	case field.IP:
		m.net, err = parseNet(value)
	case field.String, field.StringList, field.MAC:
	default:
		var n uint64
		n, err = strconv.ParseUint(value, 10, 64)
		m.want.SetUint(n)
	}
	if err != nil {
		return fmt.Errorf("this is no value of kind %s, which is written as %s", m.kind, m.kind.Example())
	}
	return nil
}

// parseNet reads a network, or an address as the network that holds it alone.
func parseNet(value string) (netip.Prefix, error) {
	if strings.Contains(value, "/") {
		return netip.ParsePrefix(value) //nolint:wrapcheck // as above
	}
	a, err := netip.ParseAddr(value)
	if err != nil {
		return netip.Prefix{}, err //nolint:wrapcheck // as above
	}
	return netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()), nil
}

// check refuses operators that the field's kind has no sense for.
func (m *Match) check(name string) error {
	text := m.kind == field.String || m.kind == field.StringList || m.kind == field.MAC
	ordered := !text && m.kind != field.IP && m.kind != field.Bool
	if (m.op == opAtLeast || m.op == opAtMost) && !ordered || m.op == opContains && !text {
		return fmt.Errorf("cannot filter by %s%s: a field of kind %s has no such order or part", name, m.op, m.kind)
	}
	return nil
}

// Holds reports whether the row meets the condition; v is scratch. A row without the
// field only meets that it is unequal.
func (m *Match) Holds(r Row, v *field.Value) bool {
	v.Clear()
	r.Value(m.index, v)
	if m.kind >= field.Uint8 && m.kind <= field.Uint64 && !v.IsNull() { // most conditions are of this kind
		return m.holdsNumber(v.Uint())
	}
	if !present(m.kind, v) {
		return m.op == opUnequal
	}
	switch m.op {
	case opContains:
		return m.contains(v)
	case opUnequal:
		return !m.equal(v)
	case opEqual:
		return m.equal(v)
	}
	var order int
	switch m.kind {
	case field.Float64:
		order = cmp.Compare(v.Float(), m.want.Float())
	case field.Time, field.Duration:
		order = cmp.Compare(v.Int(), m.want.Int())
	default:
		order = cmp.Compare(v.Uint(), m.want.Uint())
	}
	return order == 0 || (order > 0) == (m.op == opAtLeast)
}

func (m *Match) holdsNumber(n uint64) bool {
	switch want := m.want.Uint(); m.op {
	case opEqual:
		return n == want
	case opUnequal:
		return n != want
	case opAtLeast:
		return n >= want
	default:
		return n <= want
	}
}

func (m *Match) equal(v *field.Value) bool {
	switch m.kind {
	case field.String:
		return v.Str() == m.text
	case field.StringList:
		return slices.Contains(v.List(), m.text)
	case field.MAC:
		return strings.EqualFold(string(appendMAC(nil, v)), m.text)
	case field.IP:
		return m.net.Contains(v.Addr().WithZone("").Unmap())
	case field.Float64:
		return v.Float() == m.want.Float()
	default:
		return v.Uint() == m.want.Uint()
	}
}

// contains looks for the text, in any case of letters.
func (m *Match) contains(v *field.Value) bool {
	in := func(s string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(m.text)) }
	switch m.kind {
	case field.StringList:
		return slices.ContainsFunc(v.List(), in)
	case field.MAC:
		return in(string(appendMAC(nil, v)))
	default:
		return in(v.Str())
	}
}
