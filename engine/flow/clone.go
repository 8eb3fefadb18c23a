package flow

// Clone returns a copy that can be kept: it shares nothing that changes later.
func (r *Record) Clone() *Record {
	c := *r
	c.DPI = r.DPI.Copy()
	if r.rare != nil {
		rare := *r.rare
		c.rare = &rare
	}
	return &c
}
