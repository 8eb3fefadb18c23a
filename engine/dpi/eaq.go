package dpi

type eaqState struct{ next [2]uint32 }

// dissectEAQ finds the line-quality probe of Brazil's Entidade Aferidora da Qualidade.
// There is no public description; read off its packets: 16 bytes that begin with a counter
// and end with a small number, which the server sends back.
func dissectEAQ(f *Flow) Verdict {
	const port, enough, mostLost = 6000, 4, 8
	b := f.Payload
	if f.SrvPort != port || f.PayloadLen != 16 || len(b) < 16 || be32(b, 0) > 0xffff || be32(b, 12) > 0xffff {
		return No
	}
	s, known := f.State().(*eaqState)
	if !known {
		s = new(eaqState)
		f.SetState(s)
	}
	count := be32(b, 0)
	if f.Packets[f.Dir] > 1 && count-s.next[f.Dir] > mostLost {
		return No
	}
	s.next[f.Dir] = count + 1
	if f.Packets[f.Dir] < enough {
		return More
	}
	return Yes
}
