package lua

import (
	"slices"

	"github.com/yuin/gopher-lua/ast"
)

// maxCached is how many functions of the API are looked up once only: a function of Lua
// has room for 60 variables of the one around it.
const maxCached = 40

// apiTables are what scripts ask about things.
var apiTables = [...]string{"host", "flow", "interface"} //nolint:gochecknoglobals // constant

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

// reassigned returns which tables of the API a script assigns to, or uses the names of
// for something else: their functions are then looked up each time.
func reassigned(chunk []ast.Stmt) map[string]bool {
	own := make(map[string]bool)
	var stmts func([]ast.Stmt)
	var expr func(ast.Expr)
	names := func(list ...string) {
		for _, n := range list {
			own[n] = true
		}
	}
	target := func(e ast.Expr) {
		for {
			switch x := e.(type) {
			case *ast.AttrGetExpr:
				e = x.Object
				continue
			case *ast.IdentExpr:
				names(x.Value)
			}
			return
		}
	}
	exprs := func(list []ast.Expr) {
		for _, e := range list {
			expr(e)
		}
	}
	expr = func(e ast.Expr) {
		switch e := e.(type) {
		case *ast.FunctionExpr:
			names(e.ParList.Names...)
			stmts(e.Stmts)
		case *ast.FuncCallExpr:
			expr(e.Func)
			expr(e.Receiver)
			exprs(e.Args)
			for _, a := range e.Args { // rawset(host, ...)
				if id, ok := a.(*ast.IdentExpr); ok {
					names(id.Value)
				}
			}
		case *ast.TableExpr:
			for _, f := range e.Fields {
				expr(f.Key)
				expr(f.Value)
			}
		case *ast.LogicalOpExpr:
			exprs([]ast.Expr{e.Lhs, e.Rhs})
		case *ast.RelationalOpExpr:
			exprs([]ast.Expr{e.Lhs, e.Rhs})
		case *ast.ArithmeticOpExpr:
			exprs([]ast.Expr{e.Lhs, e.Rhs})
		case *ast.StringConcatOpExpr:
			exprs([]ast.Expr{e.Lhs, e.Rhs})
		case *ast.UnaryMinusOpExpr:
			expr(e.Expr)
		case *ast.UnaryNotOpExpr:
			expr(e.Expr)
		case *ast.UnaryLenOpExpr:
			expr(e.Expr)
		case *ast.AttrGetExpr:
			exprs([]ast.Expr{e.Object, e.Key})
		}
	}
	stmts = func(list []ast.Stmt) {
		for _, s := range list {
			switch s := s.(type) {
			case *ast.AssignStmt:
				for _, l := range s.Lhs {
					target(l)
				}
				exprs(s.Rhs)
				for _, r := range s.Rhs { // local h = host
					target(r)
				}
			case *ast.LocalAssignStmt:
				names(s.Names...)
				exprs(s.Exprs)
				for _, r := range s.Exprs {
					if id, ok := r.(*ast.IdentExpr); ok {
						names(id.Value)
					}
				}
			case *ast.FuncCallStmt:
				expr(s.Expr)
			case *ast.DoBlockStmt:
				stmts(s.Stmts)
			case *ast.WhileStmt:
				expr(s.Condition)
				stmts(s.Stmts)
			case *ast.RepeatStmt:
				expr(s.Condition)
				stmts(s.Stmts)
			case *ast.NumberForStmt:
				names(s.Name)
				exprs([]ast.Expr{s.Init, s.Limit, s.Step})
				stmts(s.Stmts)
			case *ast.GenericForStmt:
				names(s.Names...)
				exprs(s.Exprs)
				stmts(s.Stmts)
			case *ast.IfStmt:
				expr(s.Condition)
				stmts(s.Then)
				stmts(s.Else)
			case *ast.FuncDefStmt:
				target(s.Name.Func)
				target(s.Name.Receiver)
				expr(s.Func)
			case *ast.ReturnStmt:
				exprs(s.Exprs)
			}
		}
	}
	stmts(chunk)
	return own
}
