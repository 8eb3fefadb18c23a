package direct

import "slices"

// Stmt is a statement.
type Stmt func(m *Machine) outcome

// outcome says how a program goes on after a statement.
type outcome uint8

const (
	next     outcome = iota
	broken           // out of the loop
	again            // with the loop's next round
	returned         // at its end
	givenUp
)

// GiveUp is the statement that only the interpreter can run.
func GiveUp(*Machine) outcome { return givenUp }

// Break leaves a loop.
func Break(*Machine) outcome { return broken }

// Continue goes on with a loop's next round.
func Continue(*Machine) outcome { return again }

// Block runs statements one after another.
func Block(stmts []Stmt) Stmt {
	switch len(stmts) {
	case 0:
		return func(*Machine) outcome { return next }
	case 1:
		return stmts[0]
	}
	return func(m *Machine) outcome {
		for _, s := range stmts {
			if o := s(m); o != next {
				return o
			}
		}
		return next
	}
}

// Return ends the program behind the values, which nobody takes.
func Return(values []Expr) Stmt {
	values = slices.DeleteFunc(values, func(e Expr) bool { return e.literal && e.value(nil).Known() })
	return func(m *Machine) outcome {
		for _, e := range values {
			if e.value(m).kind == unknown {
				return givenUp
			}
		}
		return returned
	}
}

// Set gives variables their values, which are all computed before.
func Set(slots []int, values []Expr) Stmt {
	if len(slots) == 1 && len(values) == 1 {
		slot, value := slots[0], values[0].value
		return func(m *Machine) outcome {
			v := value(m)
			if v.kind == unknown {
				return givenUp
			}
			m.locals[slot] = v
			return next
		}
	}
	return func(m *Machine) outcome {
		var computed [maxTogether]Value
		if len(values) > maxTogether {
			return givenUp
		}
		for i, e := range values {
			if computed[i] = e.value(m); computed[i].kind == unknown {
				return givenUp
			}
		}
		for i, slot := range slots {
			m.locals[slot] = Null()
			if i < len(values) {
				m.locals[slot] = computed[i]
			}
		}
		return next
	}
}

// maxTogether bounds the variables that get their values at once.
const maxTogether = 8

// maxRounds bounds the rounds of all loops of a run.
const maxRounds = 256

// Each runs the body for every value of a list, in their order; index is the slot for
// its number, that of the first one is 1, -1 when there is none.
func Each(index, value int, of Expr, body Stmt) Stmt {
	return func(m *Machine) outcome {
		all := of.value(m)
		if all.kind != table {
			return givenUp
		}
		for i := range all.table().length() {
			v := all.table().at(i)
			if m.rounds++; m.rounds > maxRounds {
				return givenUp
			}
			m.locals[value] = v
			if index >= 0 {
				m.locals[index] = Number(float64(i + 1))
			}
			switch o := body(m); o {
			case broken:
				return next
			case returned, givenUp:
				return o
			}
		}
		return next
	}
}

// Alert raises an alert about the subject if the run comes to its end.
func Alert(score, message Expr) Stmt {
	return func(m *Machine) outcome {
		s, msg := score.value(m), message.value(m)
		if s.kind != number || !(s.num() >= 0) || msg.kind != text || len(m.alerts) == cap(m.alerts) {
			return givenUp
		}
		m.alerts = append(m.alerts, raised{s.num(), msg.text()})
		return next
	}
}
