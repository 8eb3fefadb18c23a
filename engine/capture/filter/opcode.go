package filter

// Instruction codes of classic BPF (McCanne and Jacobson, "The BSD Packet Filter",
// 1993; numbers as in libpcap's pcap/bpf.h). A code is class | size | mode for loads
// and class | operation | source for arithmetic and jumps.
const (
	classMask                                                                     = 0x07
	classLD, classLDX, classST, classSTX, classALU, classJMP, classRET, classMISC = 0, 1, 2, 3, 4, 5, 6, 7

	sizeMask            = 0x18
	sizeW, sizeH, sizeB = 0x00, 0x08, 0x10

	modeMask                                              = 0xe0
	modeIMM, modeABS, modeIND, modeMEM, modeLEN, modeMSH  = 0x00, 0x20, 0x40, 0x60, 0x80, 0xa0
	operationMask                                         = 0xf0
	opAdd, opSub, opMul, opDiv, opOr, opAnd, opLsh, opRsh = 0x00, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70
	opNeg, opMod, opXor                                   = 0x80, 0x90, 0xa0
	jmpJA, jmpEQ, jmpGT, jmpGE, jmpSET                    = 0x00, 0x10, 0x20, 0x30, 0x40
	sourceX                                               = 0x08
	retK, retA                                            = 0x00, 0x10
	miscTAX, miscTXA                                      = 0x00, 0x80

	// memWords is the size of the scratch memory.
	memWords = 16
)

// known reports whether a code is an instruction of classic BPF.
func known(code uint16) bool {
	operands := code &^ classMask
	switch code & classMask {
	case classLD:
		switch operands {
		case sizeW | modeABS, sizeH | modeABS, sizeB | modeABS, sizeW | modeIND, sizeH | modeIND, sizeB | modeIND, modeIMM, modeMEM, modeLEN:
			return true
		}
		return false
	case classLDX:
		return operands == modeIMM || operands == modeMEM || operands == modeLEN || operands == sizeB|modeMSH
	case classST, classSTX:
		return operands == 0
	case classALU:
		return operands == opNeg || operands != opNeg|sourceX && operands&^sourceX <= opXor && operands&^(sourceX|operationMask) == 0
	case classJMP:
		return operands == jmpJA || operands != jmpJA|sourceX && operands&^sourceX <= jmpSET && operands&^(sourceX|operationMask) == 0
	case classRET:
		return operands == retK || operands == retA
	default:
		return operands == miscTAX || operands == miscTXA
	}
}
