package dpi

// dissectGaijin finds War Thunder's transport on its ports: ENet-like headers with an
// all-ones peer.
func dissectGaijin(f *Flow) Verdict {
	b := f.Payload
	if f.SrvPort < 20000 || f.SrvPort > 20100 || len(b) < 40 {
		return No
	}
	if b[0] == 0x8f && b[1] == 0xff && b[4]&0x7f <= 3 && (b[5] == 0xff || b[5] == 0) {
		return Yes
	}
	return No
}
