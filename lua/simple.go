package lua

import (
	"strconv"

	glua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
	"github.com/flowloom/flowloom/engine/field"
)

// simple builds the part of a script that needs no interpreter, nil when that is
// nothing. It looks at the chunk before bounded rewrites it.
func simple(chunk []ast.Stmt) *direct.Program {
	t := translator{own: reassigned(chunk), leaked: leaked(chunk), api: map[string]map[string]direct.Getter{
		"host": getters(field.Host), "flow": getters(field.Flow), "interface": getters(field.Interface),
		"network": getters(field.Network),
		"os":      {"time": func(c *check.Call, _ *direct.Scratch) direct.Value { return direct.Number(float64(c.Now / 1e9)) }},
	}}
	if t.own["_G"] || len(chunk) == 0 || !t.begins(chunk[0]) {
		return nil
	}
	return t.Program(t.block(chunk))
}

// translator turns a syntax tree into a program. What it cannot, the program gives up
// at.
type translator struct {
	direct.Builder
	api         map[string]map[string]direct.Getter
	own, leaked map[string]bool
	scopes      []map[string]int
}

// begins tells whether it is worth while to begin with a statement.
func (t *translator) begins(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.IfStmt, *ast.LocalAssignStmt, *ast.ReturnStmt, *ast.DoBlockStmt:
		return true
	case *ast.FuncCallStmt:
		return t.isAlert(s.Expr)
	case *ast.GenericForStmt:
		return t.iterated(s) != nil
	default:
		return false
	}
}

func (t *translator) block(stmts []ast.Stmt) direct.Stmt {
	t.scopes = append(t.scopes, make(map[string]int))
	all := make([]direct.Stmt, len(stmts))
	for i, s := range stmts {
		all[i] = t.stmt(s)
	}
	t.scopes = t.scopes[:len(t.scopes)-1]
	return direct.Block(all)
}

func (t *translator) declare(name string) int {
	slot := t.Slot()
	t.scopes[len(t.scopes)-1][name] = slot
	return slot
}

func (t *translator) local(name string) (slot int, ok bool) {
	for i := len(t.scopes) - 1; i >= 0; i-- {
		if slot, ok = t.scopes[i][name]; ok {
			return slot, true
		}
	}
	return 0, false
}

func (t *translator) stmt(s ast.Stmt) direct.Stmt {
	switch s := s.(type) {
	case *ast.LocalAssignStmt:
		values := t.exprs(s.Exprs)
		slots := make([]int, len(s.Names))
		for i, name := range s.Names {
			slots[i] = t.declare(name)
		}
		return direct.Set(slots, values)
	case *ast.AssignStmt:
		return t.assign(s)
	case *ast.IfStmt:
		return t.If(t.expr(s.Condition), t.block(s.Then), t.block(s.Else))
	case *ast.DoBlockStmt:
		return t.block(s.Stmts)
	case *ast.GenericForStmt:
		return t.each(s)
	case *ast.BreakStmt:
		return direct.Break
	case *ast.ReturnStmt:
		return direct.Return(t.exprs(s.Exprs))
	case *ast.FuncCallStmt:
		if t.isAlert(s.Expr) {
			args := s.Expr.(*ast.FuncCallExpr).Args //nolint:forcetypeassert // isAlert
			return direct.Alert(t.expr(args[0]), t.expr(args[1]))
		}
	}
	return direct.GiveUp
}

// assign gives local variables new values; global ones live longer than a run.
func (t *translator) assign(s *ast.AssignStmt) direct.Stmt {
	slots := make([]int, len(s.Lhs))
	for i, e := range s.Lhs {
		id, ok := e.(*ast.IdentExpr)
		if !ok {
			return direct.GiveUp
		}
		if slots[i], ok = t.local(id.Value); !ok {
			return direct.GiveUp
		}
	}
	return direct.Set(slots, t.exprs(s.Rhs))
}

// iterated returns what a loop such as for _, x in ipairs(list) goes through, nil for
// other loops.
func (t *translator) iterated(s *ast.GenericForStmt) ast.Expr {
	if len(s.Exprs) != 1 || len(s.Names) > 2 {
		return nil
	}
	call, ok := s.Exprs[0].(*ast.FuncCallExpr)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	if id, ok := call.Func.(*ast.IdentExpr); !ok || id.Value != "ipairs" || !t.plain("ipairs") {
		return nil
	}
	return call.Args[0]
}

// plain reports whether a name has the meaning that it has for every script.
func (t *translator) plain(name string) bool {
	_, local := t.local(name)
	return !local && !t.own[name]
}

func (t *translator) each(s *ast.GenericForStmt) direct.Stmt {
	of := t.iterated(s)
	if of == nil {
		return direct.GiveUp
	}
	list := t.expr(of)
	t.scopes = append(t.scopes, make(map[string]int))
	index, value := t.declare(s.Names[0]), t.Slot()
	if len(s.Names) == 2 {
		t.scopes[len(t.scopes)-1][s.Names[1]] = value
	}
	body := t.block(s.Stmts)
	t.scopes = t.scopes[:len(t.scopes)-1]
	return direct.Each(index, value, list, body)
}

// member takes apart an expression such as host.ip.
func member(e ast.Expr) (object, key string, ok bool) {
	get, ok := e.(*ast.AttrGetExpr)
	if !ok {
		return "", "", false
	}
	id, isIdent := get.Object.(*ast.IdentExpr)
	name, isName := get.Key.(*ast.StringExpr)
	if !isIdent || !isName {
		return "", "", false
	}
	return id.Value, name.Value, true
}

func (t *translator) isAlert(e ast.Expr) bool {
	call, ok := e.(*ast.FuncCallExpr)
	if !ok || len(call.Args) != 2 {
		return false
	}
	object, key, ok := member(call.Func)
	return ok && key == "triggerAlert" && object != "os" && t.api[object] != nil && t.plain(object)
}

func (t *translator) exprs(list []ast.Expr) []direct.Expr {
	all := make([]direct.Expr, len(list))
	for i, e := range list {
		all[i] = t.expr(e)
	}
	return all
}

func (t *translator) expr(e ast.Expr) direct.Expr {
	switch e := e.(type) {
	case *ast.NilExpr, *ast.TrueExpr, *ast.FalseExpr, *ast.NumberExpr, *ast.StringExpr, *ast.FunctionExpr:
		return direct.Const(constant(e))
	case *ast.IdentExpr:
		if slot, ok := t.local(e.Value); ok {
			return t.Local(slot)
		}
	case *ast.AttrGetExpr:
		return t.member(e)
	case *ast.FuncCallExpr:
		return t.call(e)
	case *ast.TableExpr:
		return direct.Const(constants(e))
	case *ast.LogicalOpExpr:
		if e.Operator == "and" {
			return t.And(t.expr(e.Lhs), t.expr(e.Rhs))
		}
		return t.Or(t.expr(e.Lhs), t.expr(e.Rhs))
	case *ast.RelationalOpExpr:
		return t.compare(e.Operator, t.expr(e.Lhs), t.expr(e.Rhs))
	case *ast.ArithmeticOpExpr:
		return direct.WithoutNegativeZero(direct.Arithmetic(e.Operator, t.expr(e.Lhs), t.expr(e.Rhs)))
	case *ast.StringConcatOpExpr:
		return direct.Concat([]direct.Expr{t.expr(e.Lhs), t.expr(e.Rhs)}, func(n float64) string { return glua.LNumber(n).String() })
	case *ast.UnaryMinusOpExpr:
		return direct.WithoutNegativeZero(direct.Negate(t.expr(e.Expr)))
	case *ast.UnaryNotOpExpr:
		return t.Not(t.expr(e.Expr))
	case *ast.UnaryLenOpExpr:
		return direct.Length(t.expr(e.Expr), true)
	}
	return direct.Unknown()
}

func (t *translator) compare(operator string, l, r direct.Expr) direct.Expr {
	switch operator {
	case "==":
		return direct.Equal(l, r)
	case "~=":
		return t.Not(direct.Equal(l, r))
	case "<":
		return direct.Less(l, r)
	case "<=":
		return direct.LessEqual(l, r)
	case ">":
		return direct.Less(r, l)
	case ">=":
		return direct.LessEqual(r, l)
	default:
		return direct.Unknown()
	}
}

// member is config.name, or an entry of a table of constants.
func (t *translator) member(e *ast.AttrGetExpr) direct.Expr {
	if object, key, ok := member(e); ok && object == "config" && t.plain("config") {
		return t.Config(key, t.leaked[key])
	}
	return direct.Index(t.expr(e.Object), t.expr(e.Key))
}

// call is a question to the API, or text:lower().
func (t *translator) call(e *ast.FuncCallExpr) direct.Expr {
	if e.Method == "lower" && len(e.Args) == 0 && !t.own["string"] {
		return direct.Lower(t.expr(e.Receiver))
	}
	object, key, ok := member(e.Func)
	if !ok || len(e.Args) > 0 || !t.plain(object) {
		return direct.Unknown()
	}
	get := t.api[object][key]
	if get == nil {
		return direct.Unknown()
	}
	return direct.Get(get)
}

// constant returns the value of a literal, the zero Value for what is none.
func constant(e ast.Expr) direct.Value {
	switch e := e.(type) {
	case *ast.NilExpr:
		return direct.Null()
	case *ast.TrueExpr:
		return direct.Bool(true)
	case *ast.FalseExpr:
		return direct.Bool(false)
	case *ast.StringExpr:
		return direct.Text(e.Value)
	case *ast.FunctionExpr:
		return direct.Opaque()
	case *ast.NumberExpr:
		if n, err := strconv.ParseInt(e.Value, 0, 64); err == nil { // 0x300, as the interpreter reads it
			return direct.Number(float64(n))
		}
		if n, err := strconv.ParseFloat(e.Value, 64); err == nil {
			return direct.Number(n)
		}
	}
	return direct.Value{}
}

// constants returns the value of a table constructor with nothing but literals.
func constants(e *ast.TableExpr) direct.Value {
	t := &direct.Table{Named: make(map[string]direct.Value)}
	for _, f := range e.Fields {
		v := constant(f.Value)
		if !v.Known() || v.IsNull() {
			return direct.Value{}
		}
		key, named := f.Key.(*ast.StringExpr)
		switch {
		case named:
			t.Named[key.Value] = v
		case f.Key == nil:
			t.List = append(t.List, v)
		default:
			return direct.Value{}
		}
	}
	return direct.Constants(t)
}
