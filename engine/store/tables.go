package store

import (
	"slices"

	"github.com/flowloom/flowloom/engine/field"
)

// Field is a column of a table.
type Field struct {
	Name string
	Kind field.Kind
}

// Fields are the columns of a table, nil if there is none of that name. [Alerts] is a view
// that the database makes.
func Fields(table string) []Field {
	switch table {
	case Flows:
		return fieldsOf(field.Flow)
	case Alerts:
		return fieldsOf(field.Alert)
	case Changes:
		return append(fieldsOf(field.Alert), Field{"noted", field.Time})
	case Samples:
		return []Field{
			{"time", field.Time}, {"step", field.Uint32}, {"schema", field.String}, {"interface_id", field.Uint16},
			{"host", field.String}, {"item", field.String}, {"metric", field.String}, {"value", field.Float64},
		}
	default:
		return nil
	}
}

func fieldsOf(scope field.Scope) []Field {
	var all []Field
	for _, f := range field.Of(scope) {
		all = append(all, Field{f.Name, f.Kind})
	}
	return all
}

// publicTables are those that questions can be about.
func publicTables() []string { return []string{Flows, Alerts, Changes, Samples} }

// column looks a column up.
func column(fields []Field, name string) (Field, bool) {
	i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return fields[i], true
}
