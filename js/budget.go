package js

import (
	"math/big"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"

	"github.com/flowloom/flowloom/engine/check/direct"
)

// Functions that no module can name.
const (
	operandName  = "(operand)"
	exponentName = "(exponent)"
)

// maxBits bounds the integers of any size that are multiplied.
const maxBits = 1 << 14

// bounded rewrites a module so that one operator takes no longer than an instruction may:
// what can double with each use, sums of strings and products of BigInts, has its operands
// looked at. Literals are short, and a number is no operand of a BigInt.
func bounded(module *ast.Program) {
	direct.Walk(module.Body, func(node any) {
		switch n := node.(type) {
		case *ast.BinaryExpression:
			if grows(n.Operator) && !literal(n.Left) && !literal(n.Right) {
				n.Left = look(operandName, n.Left)
			}
			n.Right = right(n.Operator, n.Left, n.Right)
		case *ast.AssignExpression:
			n.Right = right(n.Operator, n.Left, n.Right)
		}
	})
}

// right returns the right operand, looked at where need be.
func right(operator token.Token, l, r ast.Expression) ast.Expression {
	switch {
	case literal(r):
		return r
	case operator == token.EXPONENT || operator == token.SHIFT_LEFT:
		return look(exponentName, r)
	case grows(operator) && !literal(l):
		return look(operandName, r)
	default:
		return r
	}
}

func look(name string, e ast.Expression) ast.Expression {
	return &ast.CallExpression{
		Callee: &ast.Identifier{Name: unistring.String(name), Idx: e.Idx0()}, ArgumentList: []ast.Expression{e}, LeftParenthesis: e.Idx0(), RightParenthesis: e.Idx1(),
	}
}

func grows(t token.Token) bool {
	return t == token.PLUS || t == token.MULTIPLY || t == token.EXPONENT || t == token.SHIFT_LEFT
}

func literal(e ast.Expression) bool {
	switch n := e.(type) {
	case *ast.StringLiteral:
		return true
	case *ast.NumberLiteral:
		_, huge := n.Value.(*big.Int)
		return !huge
	default:
		return false
	}
}

// operand refuses what is too large to be doubled again.
func (in *instance) operand(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	switch x := v.(type) {
	case goja.String:
		if x.Length() > maxString {
			in.fail("stopped: a string of %d characters is above the %d that a check may make", x.Length(), maxString)
		}
	case *goja.Object:
	default:
		if n, ok := v.Export().(*big.Int); ok && n.BitLen() > maxBits {
			in.fail("stopped: an integer of %d bits is above the %d that a check may use", n.BitLen(), maxBits)
		}
	}
	return v
}

// exponent refuses a power or shift of a BigInt that makes it too large.
func (in *instance) exponent(c goja.FunctionCall) goja.Value {
	v := c.Argument(0)
	if _, object := v.(*goja.Object); object {
		in.fail("stopped: an object is no exponent")
	}
	if n, ok := v.Export().(*big.Int); ok && (n.BitLen() > 63 || n.Int64() > maxBits/64) {
		in.fail("stopped: %s is above the %d that an exponent may be", n, maxBits/64)
	}
	return v
}
