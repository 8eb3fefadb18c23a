package check

import (
	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/field"
)

// AlertRow is an alert as a record of the catalogue.
type AlertRow struct{ *alert.Alert }

// Value implements codec.Row for field.Alert.
func (r AlertRow) Value(i int, v *field.Value) { alertFillers[i](r.Alert, v) }

var alertFillers = fillers(map[string]func(*alert.Alert, *field.Value){ //nolint:gochecknoglobals // constant
	"first_seen": func(a *alert.Alert, v *field.Value) { v.SetInt(a.Time) },
	"last_seen":  func(a *alert.Alert, v *field.Value) { v.SetInt(a.Last) },
	"severity":   func(a *alert.Alert, v *field.Value) { v.SetString(a.Severity().String()) },
	"score":      func(a *alert.Alert, v *field.Value) { v.SetUint(uint64(a.Score)) },
	"check":      func(a *alert.Alert, v *field.Value) { v.SetString(a.Check) },
	"entity":     func(a *alert.Alert, v *field.Value) { v.SetString(a.Entity.String()) },
	"subject":    func(a *alert.Alert, v *field.Value) { v.SetString(a.Subject) },
	"message":    func(a *alert.Alert, v *field.Value) { v.SetString(a.Message) },
	"status":     func(a *alert.Alert, v *field.Value) { v.SetString(a.Status.String()) },
	"count":      func(a *alert.Alert, v *field.Value) { v.SetUint(a.Count) },
	"label":      func(a *alert.Alert, v *field.Value) { v.SetNonEmpty(a.Label) },
})

func fillers(table map[string]func(*alert.Alert, *field.Value)) []func(*alert.Alert, *field.Value) {
	fields := field.Of(field.Alert)
	out := make([]func(*alert.Alert, *field.Value), len(fields))
	for i, f := range fields {
		out[i] = table[f.Name]
	}
	return out
}
