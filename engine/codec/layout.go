package codec

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/flowloom/flowloom/engine/field"
)

const (
	// columnGap parts two columns of a table.
	columnGap = "  "
	// minText is the width below which no text column is squeezed.
	minText = 8
)

// layout is how a table's columns share the terminal's width.
type layout struct {
	columns []column
	// day is the prefix that all times have in common, or "".
	day     string
	caption string
	bounded bool // the terminal has a width
}

// column is one column of a table; width 0 leaves it out.
type column struct {
	kind  field.Kind
	width int
}

func newLayout(cols Columns, rows [][]string, width int) *layout {
	l := &layout{columns: make([]column, len(cols.Fields)), bounded: width > 0}
	for i, f := range cols.Fields {
		l.columns[i].kind = f.Kind
	}
	l.dateOnce(rows)
	l.measure(cols, rows)
	if l.bounded {
		l.squeeze(width)
	}
	return l
}

// dateOnce moves the date into the caption when all times are of one day.
func (l *layout) dateOnce(rows [][]string) {
	seen, same := "", true
	for _, cells := range rows {
		for i, cell := range cells {
			if l.columns[i].kind != field.Time || cell == "" {
				continue
			}
			day := cell[:len(dayLayout)+1]
			same = same && (seen == "" || seen == day)
			seen = day
		}
	}
	switch {
	case seen == "":
	case same:
		l.day, l.caption = seen, "times in UTC on "+seen[:len(dayLayout)]
	default:
		l.caption = "times in UTC"
	}
}

func (l *layout) measure(cols Columns, rows [][]string) {
	empty := true
	for _, cells := range rows {
		for i, cell := range cells {
			w := textWidth(l.shown(i, cell))
			l.columns[i].width = max(l.columns[i].width, w)
			empty = empty && w == 0
		}
	}
	for i, f := range cols.Fields {
		if l.columns[i].width > 0 || empty {
			l.columns[i].width = max(l.columns[i].width, len(f.Name))
		}
	}
}

// squeeze narrows the widest text columns until a line fits.
func (l *layout) squeeze(width int) {
	total := -len(columnGap)
	for i := range l.columns {
		c := &l.columns[i]
		if c.width == 0 {
			continue
		}
		if c.isText() {
			c.width = min(c.width, max(width, minText))
		}
		total += c.width + len(columnGap)
	}
	for ; total > width; total-- {
		widest := -1
		for i, c := range l.columns {
			if c.isText() && c.width > minText && (widest < 0 || c.width > l.columns[widest].width) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		l.columns[widest].width--
	}
}

// isText reports whether the column's cells may be cut: part of a name still
// tells something, part of an address or a number misleads.
func (c *column) isText() bool { return c.kind == field.String || c.kind == field.StringList }

// shown returns what a line holds of a cell.
func (l *layout) shown(i int, cell string) string {
	if l.day != "" && l.columns[i].kind == field.Time {
		return strings.TrimPrefix(cell, l.day)
	}
	return cell
}

// put adds a cell to a line.
func (l *layout) put(line *strings.Builder, i int, cell string) {
	c := &l.columns[i]
	if c.width == 0 {
		return
	}
	if line.Len() > 0 {
		line.WriteString(columnGap)
	}
	cell = l.shown(i, cell)
	if l.bounded && c.isText() {
		cell = ellipsis(cell, c.width)
	}
	fill := strings.Repeat(" ", max(c.width-textWidth(cell), 0))
	if numeric(c.kind) {
		line.WriteString(fill + cell)
	} else {
		line.WriteString(cell + fill)
	}
}

// visible replaces what would move the cursor, change colours or turn the
// direction of text: a name from the wire must not rewrite the terminal.
func visible(s string) string {
	hidden := func(r rune) bool { return r == utf8.RuneError || !unicode.IsGraphic(r) }
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return '?'
		}
		return r
	}, s)
}

// textWidth returns how many columns of a terminal a text takes.
func textWidth(s string) int {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return uniseg.StringWidth(s)
		}
	}
	return len(s)
}

// ellipsis cuts a text to a width of n columns, between grapheme clusters.
func ellipsis(s string, n int) string {
	if textWidth(s) <= n {
		return s
	}
	if n < 1 {
		return ""
	}
	cut, used, state, rest := 0, 0, -1, s
	for rest != "" {
		cluster, tail, width, next := uniseg.FirstGraphemeClusterInString(rest, state)
		if used+width > n-1 {
			break
		}
		cut, used, rest, state = cut+len(cluster), used+width, tail, next
	}
	return s[:cut] + "…"
}
