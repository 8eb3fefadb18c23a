package flow

import "github.com/flowloom/flowloom/engine/dpi"

// Recall names a flow that ended without telling by what c remembers of its server. It
// reports whether the flow was among the Detected before, with another name.
func (r *Record) Recall(c *dpi.Cache) (renamed bool) {
	if r.dir[FromClient].payload+r.dir[FromServer].payload == 0 {
		return false
	}
	ends := r.ends()
	return c.Recall(&r.DPI, &ends, r.proto(), r.LastSeen()) && r.is(announced)
}

// Teach tells c what the flow was found to carry.
func (r *Record) Teach(c *dpi.Cache) {
	ends := r.ends()
	c.Served(&r.DPI, &ends, r.proto(), r.FirstSeen())
}
