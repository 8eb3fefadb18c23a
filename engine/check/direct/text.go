package direct

import "strings"

// Length counts the bytes of a text or the values of a list. A text with others than
// ASCII has another length in JavaScript.
func Length(e Expr, bytes bool) Expr {
	return Expr{value: func(m *Machine) Value {
		v := e.value(m)
		switch {
		case v.kind == table:
			return Number(float64(v.table().length()))
		case v.kind == text && (bytes || isASCII(v.text())):
			return Number(float64(len(v.text())))
		default:
			return Value{}
		}
	}}
}

// Lower turns a text into lower case.
func Lower(e Expr) Expr {
	return Expr{value: func(m *Machine) Value {
		v := e.value(m)
		if v.kind != text {
			return Value{}
		}
		return Text(strings.ToLower(v.text()))
	}}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}

// Index looks a text up in a table: null where it is not.
func Index(e, key Expr) Expr {
	return Expr{value: func(m *Machine) Value {
		t, k := e.value(m), key.value(m)
		switch {
		case t.kind != table || k.kind != text:
			return Value{}
		case t.table().Ask != nil:
			return t.table().Ask(m.call, k.text())
		case t.table().Named == nil:
			return Value{}
		}
		if v, ok := t.table().Named[k.text()]; ok {
			return v
		}
		return Null()
	}}
}

// Search is one of JavaScript's startsWith, endsWith and includes, of texts, and includes
// of lists.
func Search(method string, e, part Expr) Expr {
	in := map[string]func(s, part string) bool{"startsWith": strings.HasPrefix, "endsWith": strings.HasSuffix, "includes": strings.Contains}[method]
	if in == nil {
		return Unknown()
	}
	return tested(func(m *Machine) truth {
		v, p := e.value(m), part.value(m)
		switch {
		case v.kind == text && p.kind == text:
			return truthOf(in(v.text(), p.text()))
		case v.kind == table && method == "includes":
			return v.table().includes(p)
		default:
			return unclear
		}
	})
}

func (t *Table) includes(v Value) truth {
	for i := range t.length() {
		if is := equal(t.at(i), v); is != no {
			return is
		}
	}
	return truthOf(false)
}

// maxText bounds a text that is put together here, in bytes.
const maxText = 4096

// Concat puts texts and numbers together; format writes a number as the language does.
func Concat(parts []Expr, format func(float64) string) Expr {
	return Expr{value: func(m *Machine) Value {
		var all string
		for _, p := range parts {
			v := p.value(m)
			switch v.kind {
			case text:
				all += v.text()
			case number:
				all += format(v.num())
			default:
				return Value{}
			}
			if len(all) > maxText {
				return Value{}
			}
		}
		return Text(all)
	}}
}
