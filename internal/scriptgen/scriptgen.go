// Package scriptgen makes scripts by chance, for tests that run the same script in two
// ways.
package scriptgen

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Syntax is a grammar. In its templates, @s stands for a block of statements, @n for a
// new name, @v for a name in use, and @ with another letter for what that rule makes.
type Syntax struct {
	// Begin and End stand around the statements.
	Begin, End string
	Statements []string
	Rules      map[byte]Rule
}

// Rule is one kind of expression.
type Rule struct {
	// Leaves hold no other expressions, Inner do.
	Leaves, Inner []string
}

// Generator makes scripts of one syntax.
type Generator struct {
	syntax *Syntax
	random *rand.Rand
	names  []string
	made   int
}

// New returns a generator; the same seed gives the same scripts.
func New(syntax *Syntax, seed uint64) *Generator {
	return &Generator{syntax: syntax, random: rand.New(rand.NewPCG(seed, 1))} //nolint:gosec // repeatable
}

// Of returns a generator that chooses by these bytes, one for each choice, and then always
// the first. A change of one byte changes a part of the script, which suits fuzzers.
func Of(syntax *Syntax, choices []byte) *Generator {
	return &Generator{syntax: syntax, random: rand.New(&given{choices})} //nolint:gosec // not random at all
}

// given is a source of numbers whose first eight bits are given.
type given struct{ left []byte }

// Uint64 implements rand.Source. The byte is both ends of the number: rand takes the low bits
// for powers of two, else the high ones. The bit behind those keeps it from rejecting a number
// for fairness and asking for another one.
func (g *given) Uint64() uint64 {
	const half = 1 << 55
	if len(g.left) == 0 {
		return half
	}
	first := g.left[0]
	g.left = g.left[1:]
	return uint64(first)<<56 | half | uint64(first)
}

// Script returns a script.
func (g *Generator) Script() string {
	g.names = g.names[:0]
	return g.syntax.Begin + g.block(3) + g.syntax.End
}

func (g *Generator) pick(list []string) string { return list[g.random.IntN(len(list))] }

func (g *Generator) block(depth int) string {
	var b strings.Builder
	known := len(g.names)
	for range 1 + g.random.IntN(3) {
		b.WriteString(g.fill(g.pick(g.syntax.Statements), depth-1))
		b.WriteByte('\n')
	}
	g.names = g.names[:known]
	return b.String()
}

func (g *Generator) expr(kind byte, depth int) string {
	rule := g.syntax.Rules[kind]
	if len(rule.Leaves) > 0 && (depth <= 0 || len(rule.Inner) == 0 || g.random.IntN(4) == 0) {
		return g.fill(g.pick(rule.Leaves), 0)
	}
	return g.fill(g.pick(rule.Inner), depth-1)
}

// fill replaces what stands for something else. A new name is in use behind its
// statement, and in the block within it.
func (g *Generator) fill(template string, depth int) string {
	var b strings.Builder
	named := ""
	loop := strings.HasPrefix(template, "for")
	for {
		before, after, found := strings.Cut(template, "@")
		b.WriteString(before)
		if !found {
			break
		}
		switch kind := after[0]; kind {
		case 's':
			b.WriteString(g.inner(named, depth))
		case 'n':
			g.made++
			named = fmt.Sprintf("v%d", g.made)
			b.WriteString(named)
		case 'v':
			switch {
			case len(g.names) > 0:
				b.WriteString(g.pick(g.names))
			case named != "":
				b.WriteString(named)
			default:
				return "1"
			}
		default:
			b.WriteString(g.expr(kind, depth))
		}
		template = after[1:]
	}
	if named != "" && !loop {
		g.names = append(g.names, named)
	}
	return b.String()
}

// inner is a block within a statement, in which the statement's name is known.
func (g *Generator) inner(name string, depth int) string {
	if depth <= 0 {
		return ""
	}
	known := len(g.names)
	if name != "" {
		g.names = append(g.names, name)
	}
	text := g.block(depth)
	g.names = g.names[:known]
	return text
}
