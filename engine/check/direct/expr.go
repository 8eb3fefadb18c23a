package direct

import (
	"math"

	"github.com/flowloom/flowloom/engine/check"
)

// Expr is an expression. Comparisons have a test beside their value, as conditions need
// no more.
type Expr struct {
	value   func(m *Machine) Value // the zero Value: it gives up
	test    func(m *Machine) truth // may be nil
	literal bool
}

// truth is the outcome of a condition.
type truth uint8

const (
	unclear truth = iota
	no
	yes
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

// Getter asks about the subject of a call; scratch is for its use.
type Getter func(c *check.Call, scratch *Scratch) Value

// Unknown is what stands for anything that only the interpreter can do.
func Unknown() Expr { return Expr{value: func(*Machine) Value { return Value{} }} }

// Const is a constant.
func Const(v Value) Expr { return Expr{value: func(*Machine) Value { return v }, literal: true} }

// Get asks about the subject.
func Get(g Getter) Expr {
	return Expr{value: func(m *Machine) Value { return g(m.call, &m.scratch) }}
}

// tested is an expression that is true or false.
func tested(test func(m *Machine) truth) Expr {
	return Expr{test: test, value: func(m *Machine) Value {
		switch test(m) {
		case yes:
			return Bool(true)
		case no:
			return Bool(false)
		default:
			return Value{}
		}
	}}
}

// Equal compares without conversions: == of Lua, === of JavaScript.
func Equal(a, b Expr) Expr {
	if b.literal {
		a, b = b, a
	}
	l, r := a.value, b.value
	if a.literal {
		return equals(l(nil), r)
	}
	return tested(func(m *Machine) truth { return equal(l(m), r(m)) })
}

// equals compares with a constant: most often two values of its kind.
func equals(v Value, r func(m *Machine) Value) Expr {
	switch v.kind {
	case number:
		n := v.num()
		return tested(func(m *Machine) truth {
			if x := r(m); x.kind != number {
				return equal(v, x)
			} else if x.num() == n {
				return yes
			}
			return no
		})
	case text:
		s := v.text()
		return tested(func(m *Machine) truth {
			if x := r(m); x.kind != text {
				return equal(v, x)
			} else if x.text() == s {
				return yes
			}
			return no
		})
	default:
		return tested(func(m *Machine) truth { return equal(v, r(m)) })
	}
}

// LooselyEqual is == of JavaScript.
func LooselyEqual(a, b Expr) Expr {
	l, r := a.value, b.value
	return tested(func(m *Machine) truth { return looselyEqual(l(m), r(m)) })
}

// Less compares two numbers; texts are ordered in ways that differ.
func Less(a, b Expr) Expr {
	return ordered(a, b, func(x, y float64) bool { return x < y })
}

// LessEqual compares two numbers.
func LessEqual(a, b Expr) Expr {
	return ordered(a, b, func(x, y float64) bool { return x <= y })
}

func ordered(a, b Expr, in func(x, y float64) bool) Expr {
	l, r := a.value, b.value
	return tested(func(m *Machine) truth {
		x, y := l(m), r(m)
		if x.kind != number || y.kind != number {
			return unclear
		}
		return truthOf(in(x.num(), y.num()))
	})
}

// Arithmetic is one of + - * / on two numbers; what other operators do differs.
func Arithmetic(operator string, a, b Expr) Expr {
	var f func(x, y float64) float64
	switch operator {
	case "+":
		f = func(x, y float64) float64 { return x + y }
	case "-":
		f = func(x, y float64) float64 { return x - y }
	case "*":
		f = func(x, y float64) float64 { return x * y }
	case "/":
		f = func(x, y float64) float64 { return x / y }
	default:
		return Unknown()
	}
	l, r := a.value, b.value
	return Expr{value: func(m *Machine) Value {
		x, y := l(m), r(m)
		if x.kind != number || y.kind != number {
			return Value{}
		}
		return Number(f(x.num(), y.num()))
	}}
}

// Plus adds numbers, and puts texts and numbers together, as + of JavaScript does.
func Plus(a, b Expr, format func(float64) string) Expr {
	sum, joined := Arithmetic("+", a, b), Concat([]Expr{a, b}, format)
	return Expr{value: func(m *Machine) Value {
		if v := sum.value(m); v.Known() {
			return v
		}
		return joined.value(m)
	}}
}

// Negate is the minus before a number.
func Negate(e Expr) Expr {
	return Expr{value: func(m *Machine) Value {
		v := e.value(m)
		if v.kind != number {
			return Value{}
		}
		return Number(-v.num())
	}}
}

// WithoutNegativeZero is a number that may not be -0: of that nothing is known, as in an
// interpreter that sometimes takes it for 0.
func WithoutNegativeZero(e Expr) Expr {
	return Expr{value: func(m *Machine) Value {
		v := e.value(m)
		if v.kind == number && v.num() == 0 && math.Signbit(v.num()) {
			return Value{}
		}
		return v
	}}
}
