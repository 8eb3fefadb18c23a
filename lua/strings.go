package lua

import (
	"strings"

	glua "github.com/yuin/gopher-lua"
)

// maxString bounds the strings that a script can make, in bytes.
const maxString = 1 << 18

// replaceStrings puts bounded forms in the place of functions that can take any time
// or memory.
func (in *instance) replaceStrings() {
	str, _ := in.vm.GetGlobal("string").(*glua.LTable)
	for name, f := range map[string]glua.LGFunction{
		"rep": in.rep, "find": in.find, "match": in.match, "gmatch": in.gmatch, "gsub": in.gsub, "format": in.format(str),
	} {
		str.RawSetString(name, in.vm.NewFunction(f))
	}
	for _, name := range [...]string{"dump", "gfind"} {
		str.RawSetString(name, glua.LNil)
	}
	table, _ := in.vm.GetGlobal("table").(*glua.LTable)
	table.RawSetString("concat", in.vm.NewFunction(in.tableConcat))
}

// fits refuses strings above the bound.
func (in *instance) fits(vm *glua.LState, size int) {
	if size > heavy {
		in.checkTime(vm)
	}
	if size > maxString {
		vm.RaiseError("stopped: a string of %d bytes is above the %d that a check may make", size, maxString)
	}
}

// concat is the operator .. for any number of operands.
func (in *instance) concat(vm *glua.LState) int {
	size := 0
	for i := 1; i <= vm.GetTop(); i++ {
		switch v := vm.Get(i).(type) {
		case glua.LString:
			size += len(v)
		case glua.LNumber:
			size += 24
		default:
			return in.concatMeta(vm)
		}
	}
	in.fits(vm, size)
	var b strings.Builder
	b.Grow(size)
	for i := 1; i <= vm.GetTop(); i++ {
		b.WriteString(vm.Get(i).String())
	}
	vm.Push(glua.LString(b.String()))
	return 1
}

// concatMeta works from the right, as the operator does, for values with a metamethod
// __concat.
func (in *instance) concatMeta(vm *glua.LState) int {
	n := vm.GetTop()
	acc := vm.Get(n)
	for i := n - 1; i >= 1; i-- {
		left := vm.Get(i)
		f := vm.GetMetaField(left, "__concat")
		if f == glua.LNil {
			f = vm.GetMetaField(acc, "__concat")
		}
		switch {
		case glua.LVCanConvToString(left) && glua.LVCanConvToString(acc):
			text := left.String() + acc.String()
			in.fits(vm, len(text))
			acc = glua.LString(text)
		case f != glua.LNil:
			vm.Push(f)
			vm.Push(left)
			vm.Push(acc)
			vm.Call(2, 1)
			acc = vm.Get(-1)
			vm.Pop(1)
		default:
			bad := left
			if glua.LVCanConvToString(left) {
				bad = acc
			}
			vm.RaiseError("attempt to concatenate a %s value", bad.Type().String())
		}
	}
	vm.Push(acc)
	return 1
}

func (in *instance) rep(vm *glua.LState) int {
	s, n := vm.CheckString(1), vm.CheckInt(2)
	if n <= 0 || s == "" {
		vm.Push(glua.LString(""))
		return 1
	}
	if n > maxString {
		in.fits(vm, n)
	}
	in.fits(vm, len(s)*n)
	vm.Push(glua.LString(strings.Repeat(s, n)))
	return 1
}

func (in *instance) tableConcat(vm *glua.LState) int {
	t, sep := vm.CheckTable(1), vm.OptString(2, "")
	from, to := vm.OptInt(3, 1), vm.OptInt(4, t.Len())
	var b strings.Builder
	for i := from; i <= to; i++ {
		v := t.RawGetInt(i)
		if !glua.LVCanConvToString(v) {
			vm.RaiseError("invalid value (%s) at index %d in table for concat", v.Type().String(), i)
		}
		if i > from {
			b.WriteString(sep)
		}
		b.WriteString(v.String())
		in.fits(vm, b.Len())
	}
	vm.Push(glua.LString(b.String()))
	return 1
}

// format refuses widths of more than two digits, as Lua does, and bounds the result.
func (in *instance) format(str *glua.LTable) glua.LGFunction {
	plain, _ := str.RawGetString("format").(*glua.LFunction)
	return func(vm *glua.LState) int {
		digits, size := 0, 0
		for _, c := range []byte(vm.CheckString(1)) {
			if c < '0' || c > '9' {
				digits = 0
				continue
			}
			if digits++; digits > 2 {
				vm.RaiseError("invalid format (width or precision too long)")
			}
		}
		for i := 1; i <= vm.GetTop(); i++ {
			size += len(vm.Get(i).String())
		}
		in.fits(vm, size)
		vm.Insert(plain, 1)
		vm.Call(vm.GetTop()-1, 1)
		return 1
	}
}

// search runs the matcher; each call of a string function has one budget of steps.
func (in *instance) search(vm *glua.LState, src, pat string, init int, steps *int) (start, end int, m *matcher) {
	start, end, m, err := find(src, pat, init, steps)
	if err != nil {
		vm.RaiseError("%s", err.Error())
	}
	in.checkTime(vm)
	return start, end, m
}

// captured pushes the captures of a match, or the whole when there are none.
func captured(vm *glua.LState, m *matcher, start, end int) int {
	if m.level == 0 {
		vm.Push(glua.LString(m.src[start:end]))
		return 1
	}
	for _, c := range m.captures[:m.level] {
		vm.Push(c.value(vm, m.src))
	}
	return m.level
}

func (c capture) value(vm *glua.LState, src string) glua.LValue {
	switch c.length {
	case position:
		return glua.LNumber(c.start + 1)
	case unclosed:
		vm.RaiseError("unfinished capture")
	}
	return glua.LString(src[c.start:][:c.length])
}

// begin turns the optional argument init of find and match into an offset.
func begin(vm *glua.LState, arg, length int) (int, bool) {
	init := vm.OptInt(arg, 1)
	if init < 0 {
		init = max(length+init+1, 1)
	}
	init = max(init, 1)
	return init - 1, init-1 <= length
}

func (in *instance) find(vm *glua.LState) int {
	src, pat := vm.CheckString(1), vm.CheckString(2)
	init, ok := begin(vm, 3, len(src))
	if !ok {
		vm.Push(glua.LNil)
		return 1
	}
	if vm.ToBool(4) || !strings.ContainsAny(pat, "^$*+?.([%-") {
		at := strings.Index(src[init:], pat)
		if at < 0 {
			vm.Push(glua.LNil)
			return 1
		}
		vm.Push(glua.LNumber(init + at + 1))
		vm.Push(glua.LNumber(init + at + len(pat)))
		return 2
	}
	steps := maxSteps
	start, end, m := in.search(vm, src, pat, init, &steps)
	if start < 0 {
		vm.Push(glua.LNil)
		return 1
	}
	vm.Push(glua.LNumber(start + 1))
	vm.Push(glua.LNumber(end))
	if m.level == 0 {
		return 2
	}
	return 2 + captured(vm, m, start, end)
}

func (in *instance) match(vm *glua.LState) int {
	src, pat := vm.CheckString(1), vm.CheckString(2)
	init, ok := begin(vm, 3, len(src))
	if ok {
		steps := maxSteps
		if start, end, m := in.search(vm, src, pat, init, &steps); start >= 0 {
			return captured(vm, m, start, end)
		}
	}
	vm.Push(glua.LNil)
	return 1
}

func (in *instance) gmatch(vm *glua.LState) int {
	src, pat := vm.CheckString(1), vm.CheckString(2)
	at, steps := 0, maxSteps
	vm.Push(vm.NewFunction(func(vm *glua.LState) int {
		if at > len(src) {
			vm.Push(glua.LNil)
			return 1
		}
		start, end, m := in.search(vm, src, pat, at, &steps)
		if start < 0 {
			at = len(src) + 1
			vm.Push(glua.LNil)
			return 1
		}
		if at = end; end == start {
			at++
		}
		return captured(vm, m, start, end)
	}))
	return 1
}

func (in *instance) gsub(vm *glua.LState) int {
	src, pat, repl := vm.CheckString(1), vm.CheckString(2), vm.CheckAny(3)
	limit := vm.OptInt(4, len(src)+1)
	var b strings.Builder
	at, n, steps := 0, 0, maxSteps
	for n < limit && at <= len(src) {
		start, end, m := in.search(vm, src, pat, at, &steps)
		if start < 0 {
			break
		}
		n++
		b.WriteString(src[at:start])
		b.WriteString(in.replacement(vm, m, start, end, repl))
		in.fits(vm, b.Len())
		if at = end; end == start {
			if at < len(src) {
				b.WriteByte(src[at])
			}
			at++
		}
		if strings.HasPrefix(pat, "^") {
			break
		}
	}
	if at < len(src) {
		b.WriteString(src[at:])
	}
	in.fits(vm, b.Len())
	vm.Push(glua.LString(b.String()))
	vm.Push(glua.LNumber(n))
	return 2
}

// replacement returns what gsub puts in the place of a match.
func (in *instance) replacement(vm *glua.LState, m *matcher, start, end int, repl glua.LValue) string {
	whole := m.src[start:end]
	var v glua.LValue
	switch r := repl.(type) {
	case glua.LString, glua.LNumber:
		return in.expand(vm, m, whole, r.String())
	case *glua.LTable:
		key := glua.LValue(glua.LString(whole))
		if m.level > 0 {
			key = m.captures[0].value(vm, m.src)
		}
		v = vm.GetTable(r, key)
	case *glua.LFunction:
		vm.Push(r)
		vm.Call(captured(vm, m, start, end), 1)
		v = vm.Get(-1)
		vm.Pop(1)
	default:
		vm.ArgError(3, "string/function/table expected")
	}
	switch {
	case !glua.LVAsBool(v):
		return whole
	case glua.LVCanConvToString(v):
		return v.String()
	}
	vm.RaiseError("invalid replacement value (a %s)", v.Type().String())
	return ""
}

// expand fills captures into a replacement text: %0 is the whole match.
func (in *instance) expand(vm *glua.LState, m *matcher, whole, text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c != '%' || i+1 == len(text) {
			b.WriteByte(c)
			continue
		}
		i++
		switch d := text[i]; {
		case d == '0' || d == '1' && m.level == 0:
			b.WriteString(whole)
		case d >= '1' && d <= '9':
			if int(d-'0') > m.level {
				vm.RaiseError("invalid capture index")
			}
			b.WriteString(m.captures[d-'1'].value(vm, m.src).String())
		default:
			b.WriteByte(d)
		}
		in.fits(vm, b.Len())
	}
	return b.String()
}
