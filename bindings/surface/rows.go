package surface

import (
	"encoding/json"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/host"
)

// schemas returns the Arrow schema of each scope; flows have the columns that were chosen.
func schemas(flows codec.Columns) (map[field.Scope]*arrow.Schema, error) {
	all := map[field.Scope]*arrow.Schema{}
	for _, scope := range field.Scopes() {
		cols, err := codec.Select(scope, nil)
		if err != nil {
			return nil, err //nolint:wrapcheck // says what is wrong
		}
		all[scope] = codec.Schema(cols)
	}
	all[field.Flow] = codec.Schema(flows)
	return all, nil
}

// Schema returns the schema of the batches of a scope; of flows, of those that Next brings.
func (s *Session) Schema(scope field.Scope) *arrow.Schema { return s.schemas[scope] }

// Rows returns what the engine has of a scope, all in one batch, which the caller releases:
// hosts, interfaces, protocols and alerts as they are, at the end of input or before; of
// flows those that go on, with all fields. While a check's question is open the engine
// waits, and this is ErrAsked.
func (s *Session) Rows(scope field.Scope) (b arrow.RecordBatch, err error) {
	defer caught(&err)
	if err := s.open(); err != nil {
		return nil, err
	}
	return patiently(s.out, func() (arrow.RecordBatch, error) { return s.rows(scope) }, arrow.RecordBatch.Release)
}

func (s *Session) rows(scope field.Scope) (arrow.RecordBatch, error) {
	cols, err := codec.Select(scope, nil)
	if err != nil {
		return nil, err //nolint:wrapcheck // says what is wrong
	}
	rows := codec.NewBatcherIn(s.alloc, cols)
	defer rows.Release()
	if err := s.fill(rows, scope); err != nil {
		return nil, err
	}
	return rows.Batch(), nil
}

func (s *Session) fill(rows *codec.Batcher, scope field.Scope) (err error) {
	add := func(r codec.Row) {
		if wrong := rows.Append(r); wrong != nil {
			err = wrong
		}
	}
	switch scope {
	case field.Flow:
		for r := range s.eng.Active() {
			add(r)
		}
	case field.Interface:
		for _, i := range s.interfaces() {
			add(&i)
		}
	default:
		s.eng.Look(func(t engine.Tables) { each(scope, t, add) })
	}
	return err
}

// interfaces returns how they stand.
func (s *Session) interfaces() []host.InterfaceStats {
	if s.over() {
		return s.eng.Interfaces()
	}
	ifaces, _ := s.eng.Status()
	return ifaces
}

// each calls add for all that the tables have of a scope, in an order that is always the
// same.
func each(scope field.Scope, t engine.Tables, add func(codec.Row)) {
	switch scope {
	case field.Host:
		for _, h := range slices.SortedFunc(t.Hosts.All(), host.CompareByAddr) {
			add(h)
		}
	case field.Network:
		for n := range t.Hosts.Networks() {
			add(n)
		}
	case field.Protocol:
		for _, p := range t.Protocols.Sorted() {
			add(p)
		}
	case field.Alert:
		if t.Checks == nil {
			return
		}
		for _, a := range t.Checks.Alerts().All() {
			add(check.AlertRow{Alert: a})
		}
	}
}

// Summary returns the outcome in a few numbers, as JSON; before the end, those of the last
// second.
func (s *Session) Summary() (text []byte, err error) {
	defer caught(&err)
	if err := s.open(); err != nil {
		return nil, err
	}
	return patiently(s.out, s.summary, func([]byte) {})
}

func (s *Session) summary() ([]byte, error) {
	const talkers = 10
	var sum engine.Summary
	if s.over() {
		sum = s.eng.Summary(talkers)
	} else {
		sum = s.eng.SummaryNow(talkers)
	}
	sum.Notes = s.notes.list()
	return json.Marshal(&sum) //nolint:wrapcheck // numbers and texts
}

// Said returns what the checks have said since the last call, as a JSON array of Line in the
// order in which they said it. It may be called at any time, also while a question is open.
func (s *Session) Said() (text []byte, err error) {
	defer caught(&err)
	if err := s.open(); err != nil {
		return nil, err
	}
	return s.said.take()
}

// Cost is what a check has cost so far.
type Cost struct {
	Name     string `json:"name"`
	Language string `json:"language"`
	Calls    uint64 `json:"calls"`
	Errors   uint64 `json:"errors"`
	Alerts   uint64 `json:"alerts"`
	// Total and Mean are seconds, of all calls and of one.
	Total     float64 `json:"total"`
	Mean      float64 `json:"mean"`
	Disabled  bool    `json:"disabled"`
	LastError string  `json:"last_error"`
}

// Costs returns what the checks have cost, as a JSON array in their order.
func (s *Session) Costs() (text []byte, err error) {
	defer caught(&err)
	if err := s.open(); err != nil {
		return nil, err
	}
	return patiently(s.out, s.costs, func([]byte) {})
}

func (s *Session) costs() ([]byte, error) {
	all := []Cost{}
	s.eng.Look(func(t engine.Tables) {
		if t.Checks == nil {
			return
		}
		for _, c := range t.Checks.Costs() {
			all = append(all, Cost{
				Name: c.Name, Language: c.Language, Calls: c.Calls, Errors: c.Errors, Alerts: c.Alerts, Total: c.Total.Seconds(),
				Mean: c.Mean().Seconds(), Disabled: c.Disabled, LastError: c.LastError,
			})
		}
	})
	return json.Marshal(all) //nolint:wrapcheck // numbers and texts
}
