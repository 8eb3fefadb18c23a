package lua

import (
	"slices"

	"github.com/yuin/gopher-lua/ast"

	"github.com/flowloom/flowloom/engine/check/direct"
)

// maxCached is how many functions of the API are looked up once only: a function of Lua
// has room for 60 variables of the one around it.
const maxCached = 40

// apiTables are what scripts ask about things.
var apiTables = [...]string{"host", "flow", "interface", "network"} //nolint:gochecknoglobals // constant

// lookup returns the local variable that holds the function of the API which the
// expression names, "" when it names none.
func (w *rewriter) lookup(e *ast.AttrGetExpr) string {
	object, ok := e.Object.(*ast.IdentExpr)
	if !ok || !slices.Contains(apiTables[:], object.Value) || w.own[object.Value] {
		return ""
	}
	key, ok := e.Key.(*ast.StringExpr)
	if !ok {
		return ""
	}
	name := object.Value + "." + key.Value
	if !w.cached[name] && len(w.cached) == maxCached {
		return ""
	}
	w.cached[name] = true
	return name
}

// lookups declares these variables around the script.
func (w *rewriter) lookups() []ast.Stmt {
	var stmts []ast.Stmt
	for _, table := range apiTables {
		for name := range w.cached {
			if len(name) <= len(table) || name[:len(table)+1] != table+"." {
				continue
			}
			get := &ast.AttrGetExpr{Object: w.ident(table), Key: &ast.StringExpr{Value: name[len(table)+1:]}}
			w.place(get)
			s := &ast.LocalAssignStmt{Names: []string{name}, Exprs: []ast.Expr{get}}
			w.place(s)
			stmts = append(stmts, s)
		}
	}
	return stmts
}

// reassigned returns which tables of the API a script assigns to, hands on, or uses the
// names of for something else: their functions are then looked up each time.
func reassigned(chunk []ast.Stmt) map[string]bool {
	own := make(map[string]bool)
	asked := make(map[*ast.IdentExpr]bool) // as in host.ip, or called
	var plain []*ast.IdentExpr
	names := func(list ...string) {
		for _, n := range list {
			own[n] = true
		}
	}
	direct.Walk(chunk, func(node any) {
		switch n := node.(type) {
		case *ast.AttrGetExpr:
			if id, ok := n.Object.(*ast.IdentExpr); ok {
				asked[id] = true
			}
		case *ast.FuncCallExpr:
			if id, ok := n.Func.(*ast.IdentExpr); ok {
				asked[id] = true
			}
		case *ast.IdentExpr:
			plain = append(plain, n)
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				names(root(e))
			}
		case *ast.FuncDefStmt:
			names(root(n.Name.Func), root(n.Name.Receiver))
		case *ast.LocalAssignStmt:
			names(n.Names...)
		case *ast.FunctionExpr:
			names(n.ParList.Names...)
		case *ast.NumberForStmt:
			names(n.Name)
		case *ast.GenericForStmt:
			names(n.Names...)
		}
	})
	for _, id := range plain {
		if !asked[id] {
			names(id.Value)
		}
	}
	return own
}

// leaked returns which parameters a script does more with than to count them or to go
// through them: those that are lists it may change then.
func leaked(chunk []ast.Stmt) map[string]bool {
	all, harmless := make(map[string]int), make(map[string]int)
	count := func(m map[string]int, e ast.Expr) {
		if object, key, ok := member(e); ok && object == "config" {
			m[key]++
		}
	}
	direct.Walk(chunk, func(node any) {
		switch n := node.(type) {
		case *ast.AttrGetExpr:
			count(all, n)
		case *ast.UnaryLenOpExpr:
			count(harmless, n.Expr)
		case *ast.ArithmeticOpExpr:
			count(harmless, n.Lhs)
			count(harmless, n.Rhs)
		case *ast.RelationalOpExpr:
			count(harmless, n.Lhs)
			count(harmless, n.Rhs)
		case *ast.FuncCallExpr:
			if id, ok := n.Func.(*ast.IdentExpr); ok && id.Value == "ipairs" && len(n.Args) == 1 {
				count(harmless, n.Args[0])
			}
		}
	})
	out := make(map[string]bool)
	for name, n := range all {
		out[name] = n > harmless[name]
	}
	return out
}

// root returns the variable that an expression such as a.b.c begins with.
func root(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.AttrGetExpr:
			e = x.Object
		case *ast.IdentExpr:
			return x.Value
		default:
			return ""
		}
	}
}
