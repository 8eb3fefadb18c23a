package lua

import (
	"unsafe"

	glua "github.com/yuin/gopher-lua"
)

// numbers turns numbers into values of Lua without an allocation for each: like the
// interpreter itself does, it takes their memory from blocks.
type numbers struct{ block []glua.LNumber }

const numbersInBlock = 128

// words is how an interface value lies in memory: its type, and where its data is.
type words struct{ kind, data unsafe.Pointer }

// box returns n as a value.
func (b *numbers) box(n float64) glua.LValue {
	if len(b.block) == 0 {
		b.block = make([]glua.LNumber, numbersInBlock)
	}
	b.block[0] = glua.LNumber(n)
	var v glua.LValue = glua.LNumber(0)
	(*words)(unsafe.Pointer(&v)).data = unsafe.Pointer(&b.block[0]) //nolint:gosec // the block keeps what the value points to
	b.block = b.block[1:]
	return v
}
