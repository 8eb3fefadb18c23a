package lua

import (
	"errors"
	"strings"
)

// Lua's patterns (reference manual 5.1, section 5.4.1), with a bound on the work: a
// pattern of a few bytes can keep a plain matcher busy for years.

const (
	maxCaptures = 32
	maxSteps    = 500_000 // of one search
	maxNesting  = 200
)

var (
	errPattern  = errors.New("malformed pattern")
	errTooHard  = errors.New("stopped: the pattern needs too many steps")
	errCaptures = errors.New("too many captures")
)

const (
	unclosed = -1
	position = -2
)

type capture struct{ start, length int }

// matcher holds the state of one search. Errors travel as panics inside it.
type matcher struct {
	src, pat string
	captures [maxCaptures]capture
	level    int
	steps    *int
	depth    int
}

// find returns where the pattern matches at or behind init, and what it captured.
func find(src, pat string, init int, steps *int) (start, end int, m *matcher, err error) {
	defer func() {
		if p := recover(); p != nil {
			e, ok := p.(error)
			if !ok || e != errPattern && e != errTooHard && e != errCaptures { //nolint:errorlint // our own
				panic(p)
			}
			err = e
		}
	}()
	m = &matcher{src: src, pat: pat, steps: steps}
	anchor := strings.HasPrefix(pat, "^")
	p := 0
	if anchor {
		p = 1
	}
	for s := init; s <= len(src); s++ {
		m.level = 0
		if e := m.match(s, p); e >= 0 {
			return s, e, m, nil
		}
		if anchor {
			break
		}
	}
	return -1, -1, m, nil
}

func (m *matcher) step() {
	if *m.steps--; *m.steps < 0 {
		panic(errTooHard)
	}
}

// match returns the end of a match of pat[p:] at src[s:], or -1.
func (m *matcher) match(s, p int) int {
	if m.depth++; m.depth > maxNesting {
		panic(errTooHard)
	}
	defer func() { m.depth-- }()
	for {
		m.step()
		if p == len(m.pat) {
			return s
		}
		switch m.pat[p] {
		case '(':
			if p+1 < len(m.pat) && m.pat[p+1] == ')' {
				return m.open(s, p+2, position)
			}
			return m.open(s, p+1, unclosed)
		case ')':
			return m.shut(s, p+1)
		case '$':
			if p+1 == len(m.pat) {
				if s == len(m.src) {
					return s
				}
				return -1
			}
		case '%':
			if width, special := m.special(&s, p); special {
				if s < 0 {
					return -1
				}
				p += width
				continue
			}
		}
		end := m.classEnd(p)
		next := byte(0)
		if end < len(m.pat) {
			next = m.pat[end]
		}
		switch next {
		case '?':
			if m.one(s, p, end) {
				if e := m.match(s+1, end+1); e >= 0 {
					return e
				}
			}
			p = end + 1
		case '*':
			return m.most(s, p, end)
		case '+':
			if !m.one(s, p, end) {
				return -1
			}
			return m.most(s+1, p, end)
		case '-':
			return m.least(s, p, end)
		default:
			if !m.one(s, p, end) {
				return -1
			}
			s, p = s+1, end
		}
	}
}

// special matches %b, %f and %1 to %9 at p, moves s, to -1 where they do not match, and
// returns their length in the pattern.
func (m *matcher) special(s *int, p int) (width int, ok bool) {
	if p+1 >= len(m.pat) {
		return 0, false
	}
	switch c := m.pat[p+1]; {
	case c == 'b':
		*s = m.balance(*s, p+2)
		return 4, true
	case c == 'f':
		end := m.classEnd(p + 2)
		if !m.frontier(*s, p+2, end) {
			*s = -1
		}
		return end - p, true
	case isDigit(c):
		*s = m.again(*s, c)
		return 2, true
	}
	return 0, false
}

// classEnd returns the end of the single-character class at p.
func (m *matcher) classEnd(p int) int {
	if p >= len(m.pat) {
		panic(errPattern)
	}
	c := m.pat[p]
	p++
	switch c {
	case '%':
		if p == len(m.pat) {
			panic(errPattern)
		}
		return p + 1
	case '[':
		if p < len(m.pat) && m.pat[p] == '^' {
			p++
		}
		for first := true; first || p >= len(m.pat) || m.pat[p] != ']'; first = false {
			if p >= len(m.pat) {
				panic(errPattern)
			}
			if m.pat[p] == '%' {
				p++
			}
			p++
		}
		return p + 1
	}
	return p
}

// one reports whether the character at s is in the class pat[p:end].
func (m *matcher) one(s, p, end int) bool {
	m.step()
	if s >= len(m.src) {
		return false
	}
	c := m.src[s]
	switch m.pat[p] {
	case '.':
		return true
	case '%':
		return inClass(c, m.pat[p+1])
	case '[':
		return m.inSet(c, p, end-1)
	default:
		return m.pat[p] == c
	}
}

// inSet judges a set; p is at its bracket, end at the closing one.
func (m *matcher) inSet(c byte, p, end int) bool {
	m.step()
	want := true
	if p++; m.pat[p] == '^' {
		want = false
		p++
	}
	for ; p < end; p++ {
		switch {
		case m.pat[p] == '%':
			p++
			if p < end && inClass(c, m.pat[p]) {
				return want
			}
		case p+2 < end && m.pat[p+1] == '-':
			if m.pat[p] <= c && c <= m.pat[p+2] {
				return want
			}
			p += 2
		case m.pat[p] == c:
			return want
		}
	}
	return !want
}

// inClass judges a class such as %d; %D is its opposite.
func inClass(c, class byte) bool {
	letter := class | 0x20
	in, ok := classOf(c, letter)
	if !ok {
		return class == c
	}
	return in == (class == letter)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// classOf reports whether c is in the class of the letter; ok is false for letters that
// are no class.
func classOf(c, letter byte) (in, ok bool) {
	switch letter {
	case 'a':
		in = isLetter(c)
	case 'd':
		in = isDigit(c)
	case 'l':
		in = isLetter(c) && c&0x20 != 0
	case 's':
		in = c == ' ' || c >= '\t' && c <= '\r'
	case 'u':
		in = isLetter(c) && c&0x20 == 0
	case 'w':
		in = isLetter(c) || isDigit(c)
	case 'x':
		in = isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f'
	case 'p':
		in = c > ' ' && c < 0x7f && !isLetter(c) && !isDigit(c)
	case 'c':
		in = c < ' ' || c == 0x7f
	case 'z':
		in = c == 0
	default:
		return false, false
	}
	return in, true
}

func (m *matcher) most(s, p, end int) int {
	n := 0
	for m.one(s+n, p, end) {
		n++
	}
	for ; n >= 0; n-- {
		if e := m.match(s+n, end+1); e >= 0 {
			return e
		}
	}
	return -1
}

func (m *matcher) least(s, p, end int) int {
	for {
		if e := m.match(s, end+1); e >= 0 {
			return e
		}
		if !m.one(s, p, end) {
			return -1
		}
		s++
	}
}

func (m *matcher) balance(s, p int) int {
	if p+1 >= len(m.pat) {
		panic(errPattern)
	}
	if s >= len(m.src) || m.src[s] != m.pat[p] {
		return -1
	}
	open, shut, depth := m.pat[p], m.pat[p+1], 1
	for i := s + 1; i < len(m.src); i++ {
		m.step()
		switch m.src[i] {
		case shut:
			if depth--; depth == 0 {
				return i + 1
			}
		case open:
			depth++
		}
	}
	return -1
}

func (m *matcher) frontier(s, p, end int) bool {
	if m.pat[p] != '[' {
		panic(errPattern)
	}
	before, after := byte(0), byte(0)
	if s > 0 {
		before = m.src[s-1]
	}
	if s < len(m.src) {
		after = m.src[s]
	}
	return !m.inSet(before, p, end-1) && m.inSet(after, p, end-1)
}

func (m *matcher) open(s, p, length int) int {
	if m.level == maxCaptures {
		panic(errCaptures)
	}
	m.captures[m.level] = capture{s, length}
	m.level++
	e := m.match(s, p)
	if e < 0 {
		m.level--
	}
	return e
}

func (m *matcher) shut(s, p int) int {
	for l := m.level - 1; l >= 0; l-- {
		if m.captures[l].length != unclosed {
			continue
		}
		m.captures[l].length = s - m.captures[l].start
		e := m.match(s, p)
		if e < 0 {
			m.captures[l].length = unclosed
		}
		return e
	}
	panic(errPattern)
}

// again matches what an earlier capture holds.
func (m *matcher) again(s int, digit byte) int {
	l := int(digit) - '1'
	if l < 0 || l >= m.level || m.captures[l].length == unclosed {
		panic(errPattern)
	}
	if m.captures[l].length == position {
		return -1 // as in Lua, where a position is no text
	}
	text := m.src[m.captures[l].start:][:m.captures[l].length]
	*m.steps -= len(text)
	if strings.HasPrefix(m.src[s:], text) {
		return s + len(text)
	}
	return -1
}
