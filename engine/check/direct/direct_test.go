package direct

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// values are one of each kind, and what a condition makes of them in Lua and JavaScript.
func values() map[string]struct {
	v       Value
	lua, js truth
} {
	type row = struct {
		v       Value
		lua, js truth
	}
	return map[string]row{
		"unknown": {Value{}, unclear, unclear}, "undefined": {Undefined(), no, no}, "null": {Null(), no, no},
		"false": {Bool(false), no, no}, "true": {Bool(true), yes, yes}, "0": {Number(0), yes, no}, "2": {Number(2), yes, yes},
		"empty": {Text(""), yes, no}, "text": {Text("2"), yes, yes}, "list": {List([]string{"a"}), yes, yes}, "function": {Opaque(), yes, yes},
	}
}

func TestTruth(t *testing.T) {
	t.Parallel()
	for name, c := range values() {
		assert.Equal(t, c.lua, c.v.truth(false), name)
		assert.Equal(t, c.js, c.v.truth(true), name)
	}
}

// A value equals itself and no other; of lists and functions it is not known.
func TestEqual(t *testing.T) {
	t.Parallel()
	for a, x := range values() {
		for b, y := range values() {
			want := truthOf(a == b)
			if a == "unknown" || b == "unknown" || x.v.kind >= table && y.v.kind >= table {
				want = unclear
			}
			assert.Equal(t, want, equal(x.v, y.v), "%s %s", a, b)
			switch {
			case want == unclear:
			case x.v.kind <= null && y.v.kind <= null:
				want = yes
			case x.v.kind > null && y.v.kind > null && x.v.kind != y.v.kind:
				want = unclear
			}
			assert.Equal(t, want, looselyEqual(x.v, y.v), "%s == %s", a, b)
		}
	}
}

func TestForms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		param any
		want  string
	}{{2.5, "2.5"}, {"x", "x"}, {"", ""}, {true, "true"}, {[]string{"a", "b"}, "[a b]"}, {nil, "<nil>"}} {
		v := Of(c.param)
		var got any
		if n, ok := v.AsNumber(); ok {
			got = n
		} else if s, ok := v.AsText(); ok {
			got = s
		} else if b, ok := v.AsBool(); ok {
			got = b
		} else if l, ok := v.AsList(); ok {
			got = l
		} else {
			assert.True(t, v.IsNull())
		}
		assert.Equal(t, c.want, fmt.Sprint(got))
	}
}

// A list is made once, and however many different ones there are, few are kept.
func TestScratchIsBounded(t *testing.T) {
	t.Parallel()
	var s Scratch
	made := 0
	for i := range uint64(10 << listBits) {
		for range 2 {
			l, _ := s.List(i, func() []string { made++; return []string{fmt.Sprint(i)} }).AsList()
			assert.Equal(t, []string{fmt.Sprint(i)}, l)
		}
		assert.LessOrEqual(t, len(s.lists), 1<<listBits)
	}
	assert.Equal(t, 10<<listBits, made)
}
