package dpi

import "math/bits"

// fullyEncrypted reports whether a connection's first payload looks random from its
// first byte on, as that of tunnels that are made not to be recognised: none of the
// exceptions holds that a censor was found to make (Wu and others, "How the Great
// Firewall of China Detects and Blocks Fully Encrypted Traffic", USENIX Security
// 2023, section 4).
func fullyEncrypted(b []byte) bool {
	b = b[:min(len(b), entropyBytes)]
	if len(b) < fewBytes {
		return false
	}
	ones, printable, run, longest := 0, 0, 0, 0
	for i, c := range b {
		ones += bits.OnesCount8(c)
		if c < ' ' || c > '~' {
			run = 0
			continue
		}
		printable++
		run++
		longest = max(longest, run)
		if i == 5 && run == 6 {
			return false
		}
	}
	average := float64(ones) / float64(len(b))
	return average > 3.4 && average < 4.6 && 2*printable <= len(b) && longest <= 20
}

// fewBytes tell nothing.
const fewBytes = 32

// secret raises the risks of a flow that no dissector recognised.
func (d *Detector) secret(r *Result) {
	f := r.flow
	if f == nil {
		return
	}
	r.noise(float64(f.entropy))
	if f.carrier == overTCP && f.StartSeen && fullyEncrypted(f.Stream(FromClient)) {
		r.ensureInfo()
		r.addRisk(RiskFullyEncrypted, "the first bytes look random")
	}
}
