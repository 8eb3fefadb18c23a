package js

import (
	"regexp"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
	"github.com/flowloom/flowloom/engine/field"
)

// tampering are words of modules that may change what others mean.
var tampering = regexp.MustCompile(`\b(prototype|__proto__|setPrototypeOf|definePropert(y|ies)|assign|globalThis|eval|Function)\b`)

// simple builds, for each hook, the part of a module's function that needs no
// interpreter.
func simple(module *ast.Program, source string) (programs [check.NumHooks]*direct.Program) {
	if tampering.MatchString(source) {
		return programs
	}
	names := surveyed(module)
	for name, f := range functions(module) {
		if h, ok := hooks[name]; ok && !names.config {
			t := translator{scope: scopes[h], names: names}
			programs[h] = t.function(f)
		}
	}
	return programs
}

// scopes are the records that hooks are about.
var scopes = [check.NumHooks]field.Scope{ //nolint:gochecknoglobals // constant
	check.HostMinute: field.Host, check.FlowDetected: field.Flow, check.FlowPeriodic: field.Flow, check.FlowEnd: field.Flow,
	check.InterfaceMinute: field.Interface, check.NetworkMinute: field.Network,
}

// function is a function in one of its forms.
type function struct {
	parameters *ast.ParameterList
	body       []ast.Statement
}

// functions returns the functions of a module by name.
func functions(module *ast.Program) map[string]function {
	all := make(map[string]function)
	for _, s := range module.Body {
		switch s := s.(type) {
		case *ast.FunctionDeclaration:
			all[s.Function.Name.Name.String()] = function{s.Function.ParameterList, s.Function.Body.List}
		case *ast.LexicalDeclaration:
			for _, b := range s.List {
				if f, ok := b.Initializer.(*ast.ArrowFunctionLiteral); ok {
					if body, ok := f.Body.(*ast.BlockStatement); ok {
						all[bound(b)] = function{f.ParameterList, body.List}
					}
				}
			}
		}
	}
	return all
}

// bound returns the name that a declaration gives a value, "" for patterns.
func bound(b *ast.Binding) string {
	if id, ok := b.Target.(*ast.Identifier); ok {
		return id.Name.String()
	}
	return ""
}

// names is what a module as a whole says about its names.
type names struct {
	// config: the parameters of the check may be others than they were.
	config bool
	// leaked are the parameters that the module does more with than to read them.
	leaked map[string]bool
	// constants are those of the module itself.
	constants map[string]direct.Value
}

func surveyed(module *ast.Program) names {
	n := names{leaked: make(map[string]bool), constants: make(map[string]direct.Value)}
	all, harmless := make(map[string]int), make(map[string]int)
	identifiers, members := 0, 0
	direct.Walk(module.Body, func(node any) {
		switch x := node.(type) {
		case *ast.Binding:
			n.config = n.config || bound(x) == "config"
		case *ast.AssignExpression:
			_, variable := x.Left.(*ast.Identifier)
			_, member := x.Left.(*ast.DotExpression)
			n.config = n.config || parameter(x.Left) != "" || !variable && !member // patterns
		case *ast.ForIntoExpression:
			n.config = true
		case *ast.UnaryExpression: // ++
			n.config = n.config || x.Operator != token.NOT && x.Operator != token.MINUS && parameter(x.Operand) != ""
		case *ast.Identifier:
			if x.Name == "config" {
				identifiers++
			}
		case *ast.DotExpression:
			if name := parameter(x); name != "" {
				members++
				all[name]++
			}
		}
		for _, e := range readOnly(node) {
			if name := parameter(e); name != "" {
				harmless[name]++
			}
		}
	})
	n.config = n.config || identifiers > members
	for name := range all {
		n.leaked[name] = all[name] > harmless[name]
	}
	for _, s := range module.Body {
		if d, ok := s.(*ast.LexicalDeclaration); ok && d.Token == token.CONST {
			for _, b := range d.List {
				if v := constant(b.Initializer); v.Known() {
					n.constants[bound(b)] = v
				}
			}
		}
	}
	return n
}

// parameter returns the name of config.name, "" for other expressions.
func parameter(e ast.Node) string {
	dot, ok := e.(*ast.DotExpression)
	if !ok {
		return ""
	}
	if id, ok := dot.Left.(*ast.Identifier); !ok || id.Name != "config" {
		return ""
	}
	return dot.Identifier.Name.String()
}

// readOnly returns the parts of a node of which it only reads the value.
func readOnly(node any) []ast.Node {
	switch n := node.(type) {
	case *ast.BinaryExpression:
		return []ast.Node{n.Left, n.Right}
	case *ast.ForOfStatement:
		return []ast.Node{n.Source}
	case *ast.DotExpression:
		if n.Identifier.Name == "length" {
			return []ast.Node{n.Left}
		}
	case *ast.CallExpression:
		if dot, ok := n.Callee.(*ast.DotExpression); ok && dot.Identifier.Name == "includes" {
			return []ast.Node{dot.Left}
		}
	}
	return nil
}

// constant returns the value of a literal, or of a list of literals.
func constant(e ast.Expression) direct.Value {
	switch e := e.(type) {
	case *ast.NullLiteral:
		return direct.Null()
	case *ast.BooleanLiteral:
		return direct.Bool(e.Value)
	case *ast.StringLiteral:
		return direct.Text(e.Value.String())
	case *ast.NumberLiteral:
		switch n := e.Value.(type) {
		case int64:
			return direct.Number(float64(n))
		case float64:
			return direct.Number(n)
		}
	}
	return direct.Value{}
}
