package direct

import (
	"math"
	"unsafe"

	"github.com/flowloom/flowloom/engine/check"
)

type kind uint8

const (
	unknown kind = iota // what only the interpreter can tell
	undefined
	null
	boolean
	number
	text
	table
	opaque // a function: it exists, and more is not known
)

// Value is a value of a script. The zero Value is unknown: the machine gives up.
//
// It is small enough for the compiler to keep it in registers; what data is follows from
// the kind.
type Value struct {
	kind kind
	bits uint64         // of a number, 1 for true, length of a text
	data unsafe.Pointer // bytes of a text, or a *Table
}

func (v Value) num() float64 { return math.Float64frombits(v.bits) }

func (v Value) text() string { return unsafe.String((*byte)(v.data), int(v.bits)) } //nolint:gosec // made by Text

func (v Value) table() *Table { return (*Table)(v.data) }

// Table is a table that does not change during a run: entries by name, or ones that are
// asked for, and a list of values, or one of texts.
type Table struct {
	Named map[string]Value
	Ask   func(c *check.Call, key string) Value
	List  []Value
	Texts []string
}

// Null is Lua's nil and JavaScript's null.
func Null() Value { return Value{kind: null} }

// Undefined is JavaScript's undefined.
func Undefined() Value { return Value{kind: undefined} }

// Opaque is a value that exists, and of which nothing else is known.
func Opaque() Value { return Value{kind: opaque} }

// Bool returns a boolean.
func Bool(b bool) Value {
	if b {
		return Value{kind: boolean, bits: 1}
	}
	return Value{kind: boolean}
}

// Number returns a number.
func Number(n float64) Value { return Value{kind: number, bits: math.Float64bits(n)} }

// Text returns a text.
func Text(s string) Value {
	return Value{kind: text, bits: uint64(len(s)), data: unsafe.Pointer(unsafe.StringData(s))} //nolint:gosec // see text
}

// NonEmpty returns a text, or null for an empty one.
func NonEmpty(s string) Value {
	if s == "" {
		return Null()
	}
	return Text(s)
}

// List returns a list of texts, which is borrowed.
func List(l []string) Value { return Constants(&Table{Texts: l}) }

// Constants returns a table that nobody changes.
func Constants(t *Table) Value { return Value{kind: table, data: unsafe.Pointer(t)} } //nolint:gosec // see table

// Of returns a parameter of a check as a value.
func Of(param any) Value {
	switch p := param.(type) {
	case float64:
		return Number(p)
	case bool:
		return Bool(p)
	case string:
		return Text(p)
	case []string:
		return List(p)
	default:
		return Null()
	}
}

// The forms that runtimes turn values into.

// Known reports whether v is more than the zero Value.
func (v Value) Known() bool { return v.kind != unknown }

// IsNull reports whether v is null.
func (v Value) IsNull() bool { return v.kind == null }

// AsBool returns a boolean.
func (v Value) AsBool() (b, ok bool) { return v.bits != 0, v.kind == boolean }

// AsNumber returns a number.
func (v Value) AsNumber() (n float64, ok bool) { return v.num(), v.kind == number }

// AsText returns a text.
func (v Value) AsText() (s string, ok bool) {
	if v.kind != text {
		return "", false
	}
	return v.text(), true
}

// AsList returns a list of texts.
func (v Value) AsList() (l []string, ok bool) {
	if v.kind != table {
		return nil, false
	}
	return v.table().Texts, true
}

// truth tells what a condition makes of v. In JavaScript, 0 and the empty text are
// false; in Lua, nil and false alone.
func (v Value) truth(zeroIsFalse bool) truth {
	switch v.kind {
	case unknown:
		return unclear
	case null, undefined:
		return no
	case boolean:
		return truthOf(v.bits != 0)
	case number:
		return truthOf(!zeroIsFalse || v.num() != 0 && !math.IsNaN(v.num()))
	case text:
		return truthOf(!zeroIsFalse || v.bits > 0)
	default:
		return yes
	}
}

// equal compares values as == of Lua and === of JavaScript do. Whether two tables are
// the same is not known here.
func equal(a, b Value) truth {
	switch {
	case a.kind == unknown || b.kind == unknown || a.kind >= table && b.kind >= table:
		return unclear
	case a.kind != b.kind:
		return no
	case a.kind == text:
		return truthOf(a.text() == b.text())
	case a.kind == number:
		return truthOf(a.num() == b.num())
	default:
		return truthOf(a.bits == b.bits)
	}
}

// looselyEqual compares as == of JavaScript does, without its conversions.
func looselyEqual(a, b Value) truth {
	if a.kind == b.kind || a.kind == unknown || b.kind == unknown {
		return equal(a, b)
	}
	if a.kind <= null || b.kind <= null {
		return truthOf(a.kind <= null && b.kind <= null)
	}
	return unclear
}

// at returns the value of a list at an index that begins with 0.
func (t *Table) at(i int) Value {
	if i < len(t.Texts) {
		return Text(t.Texts[i])
	}
	return t.List[i]
}

// length returns how many values the list has.
func (t *Table) length() int { return max(len(t.Texts), len(t.List)) }
