package lua

import (
	"strconv"

	"github.com/yuin/gopher-lua/ast"
)

// Names that no script can write.
const (
	leftName   = "(left)"
	overName   = "(over)"
	concatName = "(concat)"
	passName   = "(pass)"
	roomName   = "(room)"
)

// The looks at the clock: the first one, which starts it, after so many loop rounds and
// function calls, another one after each share.
const (
	firstShare = 16
	share      = 64
)

// bounded rewrites a script so that it watches its own budget: the interpreter has no
// way to stop a loop that costs nothing while there is none. Each loop round and each
// function call takes one from a local counter; below zero, the clock is asked. The
// body becomes a function without variable arguments, which is cheap to call.
//
//	local left = firstShare
//	while true do left = left - 1 if left < 0 then left = over() end ... end
//
// What may make strings longer, the operator .., becomes a call that bounds them.
func bounded(chunk []ast.Stmt) []ast.Stmt {
	w := rewriter{cached: make(map[string]bool), own: reassigned(chunk)}
	body := append([]ast.Stmt{w.counter()}, w.block(chunk)...)
	fn := &ast.FunctionExpr{ParList: &ast.ParList{}, Stmts: body}
	last := 1
	if n := len(chunk); n > 0 {
		last = max(chunk[n-1].LastLine(), chunk[n-1].Line()) + 1
	}
	fn.SetLastLine(last)
	ret := &ast.ReturnStmt{Exprs: []ast.Expr{fn}}
	ret.SetLastLine(last)
	return append(w.lookups(), ret)
}

type rewriter struct {
	line int
	// cached are the functions of the API that the script uses ("host.ip"), own the
	// tables of the API that it changes or names things after.
	cached, own map[string]bool
}

func (w *rewriter) ident(name string) *ast.IdentExpr {
	e := &ast.IdentExpr{Value: name}
	w.place(e)
	return e
}

func (w *rewriter) place(n ast.PositionHolder) {
	n.SetLine(w.line)
	n.SetLastLine(w.line)
}

func (w *rewriter) number(n int) *ast.NumberExpr {
	e := &ast.NumberExpr{Value: strconv.Itoa(n)}
	w.place(e)
	return e
}

func (w *rewriter) counter() ast.Stmt {
	s := &ast.LocalAssignStmt{Names: []string{leftName}, Exprs: []ast.Expr{w.number(firstShare)}}
	w.place(s)
	return s
}

// take takes from the counter.
func (w *rewriter) take(n int) ast.Stmt {
	less := &ast.ArithmeticOpExpr{Operator: "-", Lhs: w.ident(leftName), Rhs: w.number(n)}
	take := &ast.AssignStmt{Lhs: []ast.Expr{w.ident(leftName)}, Rhs: []ast.Expr{less}}
	w.place(less)
	w.place(take)
	return take
}

// tick takes one from the counter, and asks the clock when nothing is left.
func (w *rewriter) tick() []ast.Stmt {
	cond := &ast.RelationalOpExpr{Operator: "<", Lhs: w.ident(leftName), Rhs: w.number(0)}
	call := &ast.FuncCallExpr{Func: w.ident(overName)}
	again := &ast.AssignStmt{Lhs: []ast.Expr{w.ident(leftName)}, Rhs: []ast.Expr{call}}
	ask := &ast.IfStmt{Condition: cond, Then: []ast.Stmt{again}}
	for _, n := range []ast.PositionHolder{cond, call, again, ask} {
		w.place(n)
	}
	return []ast.Stmt{w.take(1), ask}
}

func (w *rewriter) block(stmts []ast.Stmt) []ast.Stmt {
	var out []ast.Stmt
	for _, s := range stmts {
		places := dynamic(s)
		w.stmt(s)
		out = append(out, s)
		switch s := s.(type) {
		case *ast.LabelStmt: // a goto can make a loop of any block with a label in it
			w.line = s.Line()
			out = append(out, w.tick()...)
		case *ast.AssignStmt:
			if places > 0 {
				out = append(out, w.take(places*placeCost))
			}
		}
	}
	return out
}

// placeCost is what t[i] = v takes from the counter: the interpreter may fill a list up to
// the place.
const placeCost = 8

// dynamic counts the assignments of a statement to places that are no names.
func dynamic(s ast.Stmt) (n int) {
	assign, ok := s.(*ast.AssignStmt)
	if !ok {
		return 0
	}
	for _, e := range assign.Lhs {
		if get, ok := e.(*ast.AttrGetExpr); ok {
			if _, named := get.Key.(*ast.StringExpr); !named {
				n++
			}
		}
	}
	return n
}

func (w *rewriter) loop(stmts []ast.Stmt) []ast.Stmt {
	return append(w.tick(), w.block(stmts)...)
}

func (w *rewriter) stmt(s ast.Stmt) {
	if s.Line() > 0 {
		w.line = s.Line()
	}
	switch s := s.(type) {
	case *ast.AssignStmt:
		w.exprs(s.Lhs)
		w.exprs(s.Rhs)
		w.appends(s.Lhs)
	case *ast.LocalAssignStmt:
		w.exprs(s.Exprs)
	case *ast.FuncCallStmt:
		s.Expr = w.expr(s.Expr)
	case *ast.DoBlockStmt:
		s.Stmts = w.block(s.Stmts)
	case *ast.WhileStmt:
		s.Condition = w.expr(s.Condition)
		s.Stmts = w.loop(s.Stmts)
	case *ast.RepeatStmt:
		s.Condition = w.expr(s.Condition)
		s.Stmts = w.loop(s.Stmts)
	case *ast.NumberForStmt:
		s.Init, s.Limit = w.expr(s.Init), w.expr(s.Limit)
		if s.Step != nil {
			s.Step = w.expr(s.Step)
		}
		s.Stmts = w.loop(s.Stmts)
	case *ast.GenericForStmt:
		w.exprs(s.Exprs)
		s.Stmts = w.loop(s.Stmts)
	case *ast.IfStmt:
		s.Condition = w.expr(s.Condition)
		s.Then, s.Else = w.block(s.Then), w.block(s.Else)
	case *ast.FuncDefStmt:
		w.function(s.Func)
	case *ast.ReturnStmt:
		w.exprs(s.Exprs)
		w.noTailCall(s)
	}
}

// appends has t[#t + 1] = v fail where a list is full: the interpreter would put the value
// in the place of the last one, again and again.
func (w *rewriter) appends(targets []ast.Expr) {
	for _, e := range targets {
		get, ok := e.(*ast.AttrGetExpr)
		if !ok {
			continue
		}
		sum, ok := get.Key.(*ast.ArithmeticOpExpr)
		if !ok {
			continue
		}
		if _, ok := sum.Lhs.(*ast.UnaryLenOpExpr); ok {
			call := &ast.FuncCallExpr{Func: w.ident(roomName), Args: []ast.Expr{sum}, AdjustRet: true}
			w.place(call)
			get.Key = call
		}
	}
}

// noTailCall hands the results of return f() through a function: the interpreter writes a
// line for each tail call into the text of an error, however many there were.
func (w *rewriter) noTailCall(s *ast.ReturnStmt) {
	if len(s.Exprs) != 1 {
		return
	}
	if call, ok := s.Exprs[0].(*ast.FuncCallExpr); ok && !call.AdjustRet {
		pass := &ast.FuncCallExpr{Func: w.ident(passName), Args: []ast.Expr{call}}
		w.place(pass)
		s.Exprs[0] = pass
	}
}

func (w *rewriter) function(f *ast.FunctionExpr) {
	if f.Line() > 0 {
		w.line = f.Line()
	}
	f.Stmts = w.loop(f.Stmts)
}

func (w *rewriter) exprs(list []ast.Expr) {
	for i := range list {
		list[i] = w.expr(list[i])
	}
}

func (w *rewriter) expr(e ast.Expr) ast.Expr {
	if e == nil {
		return nil
	}
	if e.Line() > 0 {
		w.line = e.Line()
	}
	switch e := e.(type) {
	case *ast.AttrGetExpr:
		if name := w.lookup(e); name != "" {
			return w.ident(name)
		}
		e.Object, e.Key = w.expr(e.Object), w.expr(e.Key)
	case *ast.TableExpr:
		for _, f := range e.Fields {
			f.Key, f.Value = w.expr(f.Key), w.expr(f.Value)
		}
	case *ast.FuncCallExpr:
		e.Func, e.Receiver = w.expr(e.Func), w.expr(e.Receiver)
		w.exprs(e.Args)
	case *ast.LogicalOpExpr:
		e.Lhs, e.Rhs = w.expr(e.Lhs), w.expr(e.Rhs)
	case *ast.RelationalOpExpr:
		e.Lhs, e.Rhs = w.expr(e.Lhs), w.expr(e.Rhs)
	case *ast.ArithmeticOpExpr:
		e.Lhs, e.Rhs = w.expr(e.Lhs), w.expr(e.Rhs)
	case *ast.StringConcatOpExpr:
		return w.concat(e)
	case *ast.UnaryMinusOpExpr:
		e.Expr = w.expr(e.Expr)
	case *ast.UnaryNotOpExpr:
		e.Expr = w.expr(e.Expr)
	case *ast.UnaryLenOpExpr:
		e.Expr = w.expr(e.Expr)
	case *ast.FunctionExpr:
		w.function(e)
	}
	return e
}

// concat turns a .. b .. c into one call with all of them.
func (w *rewriter) concat(e *ast.StringConcatOpExpr) ast.Expr {
	line := e.Line()
	var args []ast.Expr
	var rest ast.Expr = e
	for {
		c, ok := rest.(*ast.StringConcatOpExpr)
		if !ok {
			break
		}
		args = append(args, single(w.expr(c.Lhs)))
		rest = c.Rhs
	}
	args = append(args, single(w.expr(rest)))
	w.line = line
	call := &ast.FuncCallExpr{Func: w.ident(concatName), Args: args, AdjustRet: true}
	w.place(call)
	return call
}

// single keeps a call at the end of the arguments from adding all of its results.
func single(e ast.Expr) ast.Expr {
	switch e := e.(type) {
	case *ast.FuncCallExpr:
		e.AdjustRet = true
	case *ast.Comma3Expr:
		e.AdjustRet = true
	}
	return e
}
