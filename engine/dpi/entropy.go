package dpi

import (
	"fmt"
	"math"
)

// What nobody can name is worth a second look when it looks like noise: encrypted,
// compressed or made up. So is an ICMP message, whose content no one reads.

// noisy is the entropy, in bits a byte, above which content is taken for packed or
// encrypted code rather than plain data (Lyda and Hamrock, "Using Entropy Analysis to
// Find Encrypted and Packed Malware", IEEE Security & Privacy, 2007).
const noisy = 4.941

const (
	entropyBytes   = 1024 // looked at of each packet
	entropyPackets = 4    // looked at of each flow
)

// entropy returns Shannon's entropy of the first bytes of b, in bits a byte.
func entropy(b []byte) float64 {
	b = b[:min(len(b), entropyBytes)]
	if len(b) == 0 {
		return 0
	}
	var counts [256]uint16
	for _, c := range b {
		counts[c]++
	}
	sum := 0.0
	for _, n := range counts {
		if n > 1 {
			sum += float64(n) * math.Log2(float64(n))
		}
	}
	return math.Log2(float64(len(b))) - sum/float64(len(b))
}

// measure keeps the highest entropy of a datagram that no dissector has recognised.
func (f *Flow) measure() {
	if f.carrier != overTCP && f.Packets[0]+f.Packets[1] <= entropyPackets && !f.matched() {
		f.entropy = max(f.entropy, float32(entropy(f.Payload)))
	}
}

// noise raises the risk for a flow that stays without a name, or an ICMP message.
func (r *Result) noise(bits float64) {
	if bits >= noisy {
		r.ensureInfo()
		r.addRisk(RiskEntropy, fmt.Sprintf("entropy of %.2f bits a byte", bits))
	}
}

// ensureInfo makes room for a reason.
func (r *Result) ensureInfo() {
	if r.Info == nil {
		r.Info = new(Info)
	}
}
