package store

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
)

// Selection is a question to a table that needs no SQL. Names are checked, so that a slip of
// the pen is told with what was meant, and values cannot become part of the query.
type Selection struct {
	// Select lists fields, and what is made of those of all rows of a group: "sum(bytes)",
	// "count(*)", also with a name, "sum(bytes) as total".
	Select []string `json:"select"`
	// From is a table: flows, alerts, alert_changes or samples.
	From string `json:"from"`
	// Where are conditions as in lists of the REST API, "srv_port=443", "bytes>=1000"; of a
	// list within the list one has to hold.
	Where []Condition `json:"where"`
	// GroupBy lists fields; without it those of Select are grouped by, if anything else is
	// selected.
	GroupBy []string `json:"group_by"`
	// OrderBy lists what is selected, and fields; -name is descending.
	OrderBy []string `json:"order_by"`
}

// Condition is one condition, or several of which one has to hold.
type Condition []string

// UnmarshalJSON reads a text, or a list of them.
func (c *Condition) UnmarshalJSON(data []byte) error {
	var one string
	if err := json.Unmarshal(data, &one); err == nil {
		*c = Condition{one}
		return nil
	}
	var several []string
	if err := json.Unmarshal(data, &several); err != nil || len(several) == 0 {
		return fmt.Errorf("cannot use %.100s as a condition: it is a text, as in \"srv_port=443\", or a list of them", data)
	}
	*c = several
	return nil
}

// maxParts bounds each list of a selection.
const maxParts = 100

// SQL writes the query.
func (s *Selection) SQL() (string, error) {
	b := builder{table: s.From, fields: Fields(s.From)}
	if b.fields == nil {
		return "", fmt.Errorf("cannot ask about %q: the tables are %s", s.From, strings.Join(publicTables(), ", "))
	}
	if len(s.Select) == 0 {
		return "", fmt.Errorf("cannot select nothing: name fields, or sums such as sum(bytes)")
	}
	if max(len(s.Select), len(s.Where), len(s.GroupBy), len(s.OrderBy)) > maxParts {
		return "", fmt.Errorf("cannot use lists of more than %d", maxParts)
	}
	for _, text := range s.Select {
		if err := b.item(text); err != nil {
			return "", err
		}
	}
	where, err := b.conditions(s.Where)
	if err != nil {
		return "", err
	}
	group, err := b.groups(s.GroupBy)
	if err != nil {
		return "", err
	}
	order, err := b.order(s.OrderBy)
	if err != nil {
		return "", err
	}
	return "SELECT " + strings.Join(b.items, ", ") + " FROM " + s.From + where + group + order, nil
}

// builder collects the parts of a query.
type builder struct {
	table  string
	fields []Field
	items  []string
	// names are those of the columns of the result, plain the fields among them as they are.
	names, plain []string
	grouped      bool
}

// selected is a field, or a function of one, with or without a name.
var selected = regexp.MustCompile(`^\s*(?:([a-z_]+)\s*\(\s*([a-z0-9_*]+)\s*\)|([a-z0-9_]+))\s*(?:(?i:as)\s+([A-Za-z_][A-Za-z0-9_]{0,62}))?\s*$`) //nolint:gochecknoglobals // constant

// functions are what can be made of the values of a group, in SQL.
var functions = map[string]string{ //nolint:gochecknoglobals // constant
	"sum": "sum(%s)", "avg": "avg(%s)", "min": "min(%s)", "max": "max(%s)", "count": "count(%s)", "distinct": "count(DISTINCT %s)", "median": "median(%s)",
}

// item adds a column of the result.
func (b *builder) item(text string) error {
	m := selected.FindStringSubmatch(text)
	if m == nil {
		return fmt.Errorf("cannot select %q: write a field, or sum(field), also with a name: sum(bytes) as total", text)
	}
	function, of, name, as := m[1], m[2], m[3], m[4]
	if function == "" {
		f, err := b.field(name)
		if err != nil {
			return err
		}
		b.plain = append(b.plain, f.Name)
		b.add(quote(f.Name), f.Name, as)
		return nil
	}
	sql, ok := functions[function]
	if !ok {
		return fmt.Errorf("cannot select %s: the functions are avg, count, distinct, max, median, min and sum", function)
	}
	b.grouped = true
	if of == "*" && function == "count" {
		b.add("count(*)", "count", as)
		return nil
	}
	f, err := b.field(of)
	if err != nil {
		return err
	}
	if slices.Contains([]string{"sum", "avg", "median"}, function) && !isNumber(f.Kind) {
		return fmt.Errorf("cannot select %s(%s): it is no number, but %s", function, of, f.Kind)
	}
	b.add(fmt.Sprintf(sql, quote(f.Name)), function+"_"+f.Name, as)
	return nil
}

func (b *builder) add(sql, name, as string) {
	if as != "" {
		name = as
	}
	b.items = append(b.items, sql+" AS "+quote(name))
	b.names = append(b.names, name)
}

func (b *builder) field(name string) (Field, error) {
	if f, ok := column(b.fields, name); ok {
		return f, nil
	}
	return Field{}, fmt.Errorf("there is no field %q in %s%s", name, b.table, proposed(name, b.fields))
}

// proposed names what may have been meant.
func proposed(name string, fields []Field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	near := codec.Nearest(name, names)
	if len(near) == 0 {
		return ""
	}
	return ": did you mean " + strings.Join(near, ", ") + "?"
}

func isNumber(k field.Kind) bool {
	return k >= field.Uint8 && k <= field.Float64 || k == field.Duration
}

func (b *builder) groups(names []string) (string, error) {
	if len(names) == 0 && b.grouped {
		names = b.plain
	}
	var all []string
	for _, name := range names {
		f, err := b.field(name)
		if err != nil {
			return "", err
		}
		all = append(all, quote(f.Name))
	}
	if len(all) == 0 {
		return "", nil
	}
	return " GROUP BY " + strings.Join(all, ", "), nil
}

func (b *builder) order(by []string) (string, error) {
	var all []string
	for _, text := range by {
		name, descending := strings.CutPrefix(strings.TrimSpace(text), "-")
		if i := slices.Index(b.names, name); i >= 0 {
			name = strconv.Itoa(i + 1)
		} else {
			f, err := b.field(name)
			if err != nil {
				return "", err
			}
			name = quote(f.Name)
		}
		if descending {
			name += " DESC NULLS LAST"
		}
		all = append(all, name)
	}
	if len(all) == 0 {
		return "", nil
	}
	return " ORDER BY " + strings.Join(all, ", "), nil
}

// quote writes a name in SQL.
func quote(name string) string { return `"` + name + `"` }
