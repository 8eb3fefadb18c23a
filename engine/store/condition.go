package store

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/flowloom/flowloom/engine/field"
)

// conditions writes the WHERE of a query.
func (b *builder) conditions(all []Condition) (string, error) {
	var written []string
	for _, several := range all {
		var either []string
		if len(several) > maxParts {
			return "", fmt.Errorf("cannot use lists of more than %d", maxParts)
		}
		for _, text := range several {
			sql, err := b.condition(text)
			if err != nil {
				return "", err
			}
			either = append(either, sql)
		}
		written = append(written, "("+strings.Join(either, " OR ")+")")
	}
	if len(written) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(written, " AND "), nil
}

var condition = regexp.MustCompile(`(?s)^\s*([a-z0-9_]+)\s*(!=|>=|<=|~=|=)(.*)$`) //nolint:gochecknoglobals // constant

// condition writes one, as lists have it: srv_port=443, server_name~=example.
func (b *builder) condition(text string) (string, error) {
	m := condition.FindStringSubmatch(text)
	if m == nil {
		return "", fmt.Errorf("cannot use the condition %q: write field=value, !=, >=, <= or ~= (contains)", text)
	}
	f, err := b.field(m[1])
	if err != nil {
		return "", err
	}
	sql, err := compare(f, m[2], m[3])
	if err != nil {
		return "", fmt.Errorf("cannot use the condition %q: %w", text, err)
	}
	return sql, nil
}

func compare(f Field, op, value string) (string, error) {
	name := quote(f.Name)
	switch f.Kind {
	case field.IP:
		return compareAddress(name, op, value)
	case field.StringList:
		return compareList(name, op, value)
	case field.String, field.MAC:
		switch op {
		case "~=":
			return "contains(lower(" + name + "), lower(" + Literal(value) + "))", nil
		case "=", "!=":
			return name + distinct(op) + Literal(value), nil
		}
	default:
		if op == "~=" || f.Kind == field.Bool && op != "=" && op != "!=" {
			break
		}
		v, err := plainLiteral(f.Kind, value)
		if err != nil {
			return "", err
		}
		if op == "!=" {
			op = distinct(op)
		}
		return name + op + v, nil
	}
	return "", fmt.Errorf("a field of kind %s has no such order or part", f.Kind)
}

// distinct is the operator for a value that may be missing: then it is another one.
func distinct(op string) string {
	if op == "!=" {
		return " IS DISTINCT FROM "
	}
	return " = "
}

// plainLiteral writes a number, a time or a truth.
func plainLiteral(kind field.Kind, value string) (string, error) {
	bad := fmt.Errorf("this is no value of kind %s, which is written as %s", kind, kind.Example())
	switch kind {
	case field.Bool:
		b, err := strconv.ParseBool(value)
		if err != nil {
			return "", bad
		}
		return strconv.FormatBool(b), nil
	case field.Time:
		t, err := time.Parse(time.RFC3339Nano, value)
		if err != nil {
			return "", bad
		}
		return "TIMESTAMP " + Literal(t.UTC().Format("2006-01-02 15:04:05.000000")), nil
	case field.Float64, field.Duration:
		x, err := strconv.ParseFloat(value, 64)
		if err != nil || x != x || x-x != 0 { // not a number, or infinite
			return "", bad
		}
		return "(" + strconv.FormatFloat(x, 'g', -1, 64) + ")::DOUBLE", nil
	default:
		n, err := strconv.ParseUint(value, 10, 64)
		if err != nil {
			return "", bad
		}
		return strconv.FormatUint(n, 10), nil
	}
}

// compareAddress compares with an address, or with a network of IPv4.
func compareAddress(name, op, value string) (string, error) {
	if op != "=" && op != "!=" {
		return "", fmt.Errorf("an address has no such order or part")
	}
	if a, err := netip.ParseAddr(value); err == nil {
		return name + distinct(op) + Literal(a.Unmap().String()), nil
	}
	net, err := netip.ParsePrefix(value)
	if err != nil {
		return "", fmt.Errorf("this is neither an address nor a network")
	}
	if net = net.Masked(); !net.Addr().Is4() {
		return "", fmt.Errorf("the history has addresses as text: it can be asked for networks of IPv4, and single addresses")
	}
	first := net.Addr().As4()
	from := binary.BigEndian.Uint32(first[:])
	to := from | uint32(1<<(32-net.Bits())-1) //nolint:gosec // 32 bits at most
	within := fmt.Sprintf("CASE WHEN %s IS NULL OR contains(%[1]s, ':') THEN false ELSE IPv4StringToNum(%[1]s) BETWEEN %d AND %d END", name, from, to)
	if op == "!=" {
		return "NOT " + within, nil
	}
	return within, nil
}

// compareList looks for a value in a list, or for a part of one.
func compareList(name, op, value string) (string, error) {
	switch op {
	case "=":
		return "list_contains(" + name + ", " + Literal(value) + ")", nil
	case "!=":
		return "NOT coalesce(list_contains(" + name + ", " + Literal(value) + "), false)", nil
	case "~=":
		return "contains(lower(array_to_string(" + name + ", chr(10))), lower(" + Literal(value) + "))", nil
	}
	return "", fmt.Errorf("a list has no order")
}

// Literal is a text in SQL.
func Literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
