package direct

// Builder makes the parts of a program that depend on the language or on the program's
// variables.
type Builder struct {
	// ZeroIsFalse: 0 and the empty text count as false, as in JavaScript.
	ZeroIsFalse bool

	slots  int
	config []string
}

// Slot makes room for a variable.
func (b *Builder) Slot() int {
	b.slots++
	return b.slots - 1
}

// Local is a variable's value.
func (b *Builder) Local(slot int) Expr {
	return Expr{value: func(m *Machine) Value { return m.locals[slot] }}
}

// Config is a parameter of the check. A list that leaked to where it can be changed is
// not known here.
func (b *Builder) Config(name string, leaked bool) Expr {
	i := len(b.config)
	b.config = append(b.config, name)
	return Expr{value: func(m *Machine) Value {
		if v := m.config[i]; !leaked || v.kind != table {
			return v
		}
		return Value{}
	}}
}

// condition is what branches ask of an expression.
func (b *Builder) condition(e Expr) func(m *Machine) truth {
	if e.test != nil {
		return e.test
	}
	value, lax := e.value, b.ZeroIsFalse
	return func(m *Machine) truth {
		if v := value(m); v.kind != boolean {
			return v.truth(lax)
		} else if v.bits != 0 {
			return yes
		}
		return no
	}
}

// Not is the logical complement.
func (b *Builder) Not(e Expr) Expr {
	condition := b.condition(e)
	return tested(func(m *Machine) truth {
		switch condition(m) {
		case yes:
			return no
		case no:
			return yes
		default:
			return unclear
		}
	})
}

// And is the value on the right if that on the left is true.
func (b *Builder) And(l, r Expr) Expr {
	first, second := b.condition(l), b.condition(r)
	return Expr{
		test: func(m *Machine) truth {
			if t := first(m); t != yes {
				return t
			}
			return second(m)
		},
		value: func(m *Machine) Value {
			if v := l.value(m); v.truth(b.ZeroIsFalse) != yes {
				return v
			}
			return r.value(m)
		},
	}
}

// Or is the value on the left if that is true, or else that on the right.
func (b *Builder) Or(l, r Expr) Expr {
	first, second := b.condition(l), b.condition(r)
	return Expr{
		test: func(m *Machine) truth {
			if t := first(m); t != no {
				return t
			}
			return second(m)
		},
		value: func(m *Machine) Value {
			if v := l.value(m); v.truth(b.ZeroIsFalse) != no {
				return v
			}
			return r.value(m)
		},
	}
}

// Coalesce is the value on the left, or that on the right in the place of nothing.
func (b *Builder) Coalesce(l, r Expr) Expr {
	return Expr{value: func(m *Machine) Value {
		if v := l.value(m); v.kind != null && v.kind != undefined {
			return v
		}
		return r.value(m)
	}}
}

// Choose is one of two values.
func (b *Builder) Choose(e, then, otherwise Expr) Expr {
	condition := b.condition(e)
	return Expr{value: func(m *Machine) Value {
		switch condition(m) {
		case yes:
			return then.value(m)
		case no:
			return otherwise.value(m)
		default:
			return Value{}
		}
	}}
}

// Chain is JavaScript's base?.rest: undefined where there is no base; rest finds it in
// the slot.
func (b *Builder) Chain(slot int, base, rest Expr) Expr {
	return Expr{value: func(m *Machine) Value {
		v := base.value(m)
		if v.kind == null || v.kind == undefined {
			return Undefined()
		}
		m.locals[slot] = v
		return rest.value(m)
	}}
}

// If runs one of two blocks; otherwise may be nil.
func (b *Builder) If(e Expr, then, otherwise Stmt) Stmt {
	condition := b.condition(e)
	return func(m *Machine) outcome {
		switch t := condition(m); {
		case t == yes:
			return then(m)
		case t == unclear:
			return givenUp
		case otherwise != nil:
			return otherwise(m)
		default:
			return next
		}
	}
}

// Program returns the finished program.
func (b *Builder) Program(body Stmt) *Program {
	return &Program{body: body, slots: b.slots, config: b.config}
}
