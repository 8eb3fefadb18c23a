package dpi

// Result is what detection knows of a flow; it lives in the flow's record. The
// zero value is a flow of which nothing is known yet.
type Result struct {
	// Master carries App: TLS carries Google. App is Unknown when there is none.
	Master, App ID
	Category    Category
	Confidence  Confidence
	// Done reports that detection has ended: packets cost nothing any more.
	Done  bool
	Risks RiskSet
	// Info is nil for a flow that said nothing of itself.
	Info *Info

	// Name is MASTER or MASTER.APP; MasterName and AppName are its parts. All are
	// "" until detection has ended, and for a flow without a name.
	Name, MasterName, AppName string

	flow *Flow
}

// Named reports whether the flow has a name, guessed ones included.
func (r *Result) Named() bool { return r.Master != Unknown || r.App != Unknown }
