package js

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"

	"github.com/flowloom/flowloom/engine/check/direct"
	"github.com/flowloom/flowloom/engine/field"
)

// translator turns a function's syntax tree into a program. What it cannot, the program
// gives up at.
type translator struct {
	direct.Builder
	scope   field.Scope
	names   names
	subject string // name of the function's parameter
	blocks  []map[string]int
	chain   int          // slot of the base of the optional chain at hand
	shadows bool         // a name means different things: none of it is simple
	fixed   map[int]bool // slots of constants
}

func (t *translator) function(f function) *direct.Program {
	t.ZeroIsFalse, t.fixed = true, make(map[int]bool)
	if len(f.parameters.List) != 1 || f.parameters.Rest != nil || f.parameters.List[0].Initializer != nil {
		return nil
	}
	t.subject = bound(f.parameters.List[0])
	body := t.block(f.body)
	if t.shadows || t.subject == "" {
		return nil
	}
	return t.Program(body)
}

func (t *translator) block(list []ast.Statement) direct.Stmt {
	t.blocks = append(t.blocks, make(map[string]int))
	all := make([]direct.Stmt, len(list))
	for i, s := range list {
		all[i] = t.stmt(s)
	}
	t.blocks = t.blocks[:len(t.blocks)-1]
	return direct.Block(all)
}

func (t *translator) declare(name string, constant bool) int {
	_, known := t.local(name)
	_, global := t.names.constants[name]
	t.shadows = t.shadows || known || global || name == "" || name == t.subject
	slot := t.Slot()
	t.fixed[slot] = constant
	t.blocks[len(t.blocks)-1][name] = slot
	return slot
}

func (t *translator) local(name string) (slot int, ok bool) {
	for i := len(t.blocks) - 1; i >= 0; i-- {
		if slot, ok = t.blocks[i][name]; ok {
			return slot, true
		}
	}
	return 0, false
}

func (t *translator) stmt(s ast.Statement) direct.Stmt {
	switch s := s.(type) {
	case nil, *ast.EmptyStatement:
		return direct.Block(nil)
	case *ast.BlockStatement:
		return t.block(s.List)
	case *ast.LexicalDeclaration:
		return t.declaration(s.List, s.Token == token.CONST)
	case *ast.IfStatement:
		return t.If(t.expr(s.Test), t.stmt(s.Consequent), t.stmt(s.Alternate))
	case *ast.ReturnStatement:
		if s.Argument == nil {
			return direct.Return(nil)
		}
		return direct.Return([]direct.Expr{t.expr(s.Argument)})
	case *ast.ForOfStatement:
		return t.each(s)
	case *ast.BranchStatement:
		if s.Label == nil && s.Token == token.BREAK {
			return direct.Break
		}
		if s.Label == nil && s.Token == token.CONTINUE {
			return direct.Continue
		}
	case *ast.ExpressionStatement:
		return t.effect(s.Expression)
	}
	return direct.GiveUp
}

func (t *translator) declaration(list []*ast.Binding, constant bool) direct.Stmt {
	all := make([]direct.Stmt, len(list))
	for i, b := range list {
		value := direct.Const(direct.Undefined())
		if b.Initializer != nil {
			value = t.expr(b.Initializer)
		}
		all[i] = direct.Set([]int{t.declare(bound(b), constant)}, []direct.Expr{value})
	}
	return direct.Block(all)
}

// each is for (const x of list).
func (t *translator) each(s *ast.ForOfStatement) direct.Stmt {
	into, ok := s.Into.(*ast.ForDeclaration)
	if !ok {
		return direct.GiveUp
	}
	id, ok := into.Target.(*ast.Identifier)
	if !ok {
		return direct.GiveUp
	}
	list := t.expr(s.Source)
	t.blocks = append(t.blocks, make(map[string]int))
	slot := t.declare(id.Name.String(), into.IsConst)
	body := t.stmt(s.Body)
	t.blocks = t.blocks[:len(t.blocks)-1]
	return direct.Each(-1, slot, list, body)
}

// effect is an alert, or a variable's new value.
func (t *translator) effect(e ast.Expression) direct.Stmt {
	switch e := e.(type) {
	case *ast.CallExpression:
		if dot, ok := e.Callee.(*ast.DotExpression); ok && t.isSubject(dot.Left) && dot.Identifier.Name == "alert" && len(e.ArgumentList) == 2 {
			return direct.Alert(t.expr(e.ArgumentList[0]), t.expr(e.ArgumentList[1]))
		}
	case *ast.AssignExpression:
		if id, ok := e.Left.(*ast.Identifier); ok && e.Operator == token.ASSIGN {
			if slot, ok := t.local(id.Name.String()); ok && !t.fixed[slot] {
				return direct.Set([]int{slot}, []direct.Expr{t.expr(e.Right)})
			}
		}
	}
	return direct.GiveUp
}

func (t *translator) isSubject(e ast.Expression) bool {
	id, ok := e.(*ast.Identifier)
	return ok && id.Name.String() == t.subject
}

func (t *translator) expr(e ast.Expression) direct.Expr {
	switch e := e.(type) {
	case *ast.NullLiteral, *ast.BooleanLiteral, *ast.StringLiteral, *ast.NumberLiteral:
		return direct.Const(constant(e))
	case *ast.ArrayLiteral:
		return list(e)
	case *ast.Identifier:
		return t.name(e.Name.String())
	case *ast.DotExpression:
		return t.member(e)
	case *ast.CallExpression:
		return t.call(e)
	case *ast.BinaryExpression:
		return t.binary(e.Operator, t.expr(e.Left), t.expr(e.Right))
	case *ast.UnaryExpression:
		switch e.Operator {
		case token.NOT:
			return t.Not(t.expr(e.Operand))
		case token.MINUS:
			return direct.Negate(t.expr(e.Operand))
		}
	case *ast.ConditionalExpression:
		return t.Choose(t.expr(e.Test), t.expr(e.Consequent), t.expr(e.Alternate))
	case *ast.TemplateLiteral:
		return t.template(e)
	case *ast.OptionalChain:
		return t.optional(e)
	case *ast.Optional:
		return t.Local(t.chain)
	}
	return direct.Unknown()
}

func (t *translator) name(name string) direct.Expr {
	if slot, ok := t.local(name); ok {
		return t.Local(slot)
	}
	if v, ok := t.names.constants[name]; ok {
		return direct.Const(v)
	}
	return direct.Unknown()
}

// member is a field of the subject, a parameter of the check, or a length.
func (t *translator) member(e *ast.DotExpression) direct.Expr {
	key := e.Identifier.Name.String()
	if t.isSubject(e.Left) {
		if get := getters(t.scope)[key]; get != nil {
			return direct.Get(get)
		}
		return direct.Unknown()
	}
	if name := parameter(e); name != "" {
		return t.Config(name, t.names.leaked[name])
	}
	if key == "length" {
		return direct.Length(t.expr(e.Left), false)
	}
	return direct.Unknown()
}

func (t *translator) call(e *ast.CallExpression) direct.Expr {
	dot, ok := e.Callee.(*ast.DotExpression)
	if !ok || len(e.ArgumentList) != 1 || t.isSubject(dot.Left) {
		return direct.Unknown()
	}
	return direct.Search(dot.Identifier.Name.String(), t.expr(dot.Left), t.expr(e.ArgumentList[0]))
}

func (t *translator) binary(operator token.Token, l, r direct.Expr) direct.Expr {
	switch operator {
	case token.LOGICAL_AND:
		return t.And(l, r)
	case token.LOGICAL_OR:
		return t.Or(l, r)
	case token.COALESCE:
		return t.Coalesce(l, r)
	case token.STRICT_EQUAL:
		return direct.Equal(l, r)
	case token.STRICT_NOT_EQUAL:
		return t.Not(direct.Equal(l, r))
	case token.EQUAL:
		return direct.LooselyEqual(l, r)
	case token.NOT_EQUAL:
		return t.Not(direct.LooselyEqual(l, r))
	case token.LESS:
		return direct.Less(l, r)
	case token.LESS_OR_EQUAL:
		return direct.LessEqual(l, r)
	case token.GREATER:
		return direct.Less(r, l)
	case token.GREATER_OR_EQUAL:
		return direct.LessEqual(r, l)
	case token.PLUS:
		return direct.Plus(l, r, numberText)
	default:
		return direct.Arithmetic(operator.String(), l, r)
	}
}

func (t *translator) template(e *ast.TemplateLiteral) direct.Expr {
	if e.Tag != nil {
		return direct.Unknown()
	}
	var parts []direct.Expr
	for i, text := range e.Elements {
		parts = append(parts, direct.Const(direct.Text(text.Parsed.String())))
		if i < len(e.Expressions) {
			parts = append(parts, t.expr(e.Expressions[i]))
		}
	}
	return direct.Concat(parts, numberText)
}

// optional is a chain with one question mark: base?.rest.
func (t *translator) optional(e *ast.OptionalChain) direct.Expr {
	var base *ast.Optional
	direct.Walk(e.Expression, func(node any) {
		if o, ok := node.(*ast.Optional); ok {
			t.shadows = t.shadows || base != nil
			base = o
		}
	})
	if base == nil {
		return direct.Unknown()
	}
	before, slot := t.expr(base.Expression), t.Slot()
	outer := t.chain
	t.chain = slot
	rest := t.expr(e.Expression)
	t.chain = outer
	return t.Chain(slot, before, rest)
}

// list is a list of literals.
func list(e *ast.ArrayLiteral) direct.Expr {
	values := make([]direct.Value, len(e.Value))
	for i, x := range e.Value {
		if values[i] = constant(x); !values[i].Known() {
			return direct.Unknown()
		}
	}
	return direct.Const(direct.Constants(&direct.Table{List: values}))
}
