package dpi

// bitset holds one bit for each dissector of a carrier.
type bitset [6]uint64

// maxDissectors is how many dissectors one carrier can have.
const maxDissectors = len(bitset{}) * 64

// fill sets the first n bits.
func (b *bitset) fill(n int) {
	for i := range b {
		left := min(max(n-i*64, 0), 64)
		b[i] = ^uint64(0)
		if left < 64 {
			b[i] = 1<<left - 1
		}
	}
}

func (b *bitset) has(i int) bool { return b[i>>6]>>(i&63)&1 != 0 }

func (b *bitset) add(i int) { b[i>>6] |= 1 << (i & 63) }

func (b *bitset) drop(i int) { b[i>>6] &^= 1 << (i & 63) }

func (b *bitset) any() bool { return b[0]|b[1]|b[2]|b[3]|b[4]|b[5] != 0 }
