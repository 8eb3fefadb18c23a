package dpi

// Result is what detection knows of a flow; it lives in the flow's record. The
// zero value is a flow of which nothing is known yet.
type Result struct {
	// Master carries App: TLS carries Google. App is Unknown when there is none.
	Master, App ID
	Category    Category
	Confidence  Confidence
	// Done reports that detection has ended: packets cost nothing any more.
	Done bool
	// derived is the category that followed from the names alone: while Category
	// equals it, better names may still change it.
	derived Category
	Risks   RiskSet
	// Info is nil for a flow that said nothing of itself.
	Info *Info

	// names spells out Master and App; nil until detection has ended, and for a
	// flow without a name.
	names *names

	flow *Flow
}

// Copy returns a copy for another record. Packets of a flow under detection do not
// change it; once detection is done both have the same Info, see Shape.Copied.
func (r *Result) Copy() Result {
	c := *r
	if c.flow = nil; !c.Done && c.Info != nil {
		c.Info = c.Info.clone()
	}
	return c
}

// names are the texts of one pair of master and application.
type names struct {
	full, master, app   string
	masterNDPI, appNDPI uint16
	breed               Breed
}

// Name returns MASTER or MASTER.APP as users see it, "" until detection has ended
// and for a flow without a name.
func (r *Result) Name() string {
	if r.names == nil {
		return ""
	}
	return r.names.full
}

// MasterName returns the first part of Name.
func (r *Result) MasterName() string {
	if r.names == nil {
		return ""
	}
	return r.names.master
}

// AppName returns the second part of Name, "" when there is none.
func (r *Result) AppName() string {
	if r.names == nil {
		return ""
	}
	return r.names.app
}

// Numbers returns nDPI's numbers of the two names, for scripts written for ntopng; a
// flow with one name has the same number twice, 0 stands for unknown.
func (r *Result) Numbers() (master, app uint16) {
	if r.names == nil {
		return 0, 0
	}
	return r.names.masterNDPI, r.names.appNDPI
}

// Breed returns how safe the more telling of the two names is.
func (r *Result) Breed() Breed {
	if r.names == nil {
		return Unrated
	}
	return r.names.breed
}

// Named reports whether the flow has a name, guessed ones included.
func (r *Result) Named() bool { return r.Master != Unknown || r.App != Unknown }

// spelling keeps the texts of the pairs seen so far, so that each is made once.
type spelling map[[2]ID]*names

// of returns the texts of the result's names, nil without any.
func (s spelling) of(reg *Registry, r *Result) *names {
	if !r.Named() {
		return nil
	}
	pair := [2]ID{r.Master, r.App}
	n := s[pair]
	if n == nil {
		n = &names{full: reg.FullName(r.Master, r.App)}
		if r.Master != Unknown {
			n.master = reg.protocols[r.Master].Name
			n.masterNDPI, n.breed = reg.protocols[r.Master].NDPI, reg.protocols[r.Master].Breed
			n.appNDPI = n.masterNDPI
		}
		if r.App != Unknown && r.App != r.Master {
			n.app = reg.protocols[r.App].Name
			n.appNDPI, n.breed = reg.protocols[r.App].NDPI, reg.protocols[r.App].Breed
		}
		s[pair] = n
	}
	return n
}
