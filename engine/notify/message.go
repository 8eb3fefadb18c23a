package notify

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
)

// CheckName is what alerts about recipients stand under; their subject is its name.
const CheckName = "notify"

// summarised is the action of a message that stands for several alerts.
const summarised = "summary"

// message is one thing that a recipient is told.
type message struct {
	alert.Alert
	action string
	// id is the same at each attempt, so that a recipient can tell a repetition.
	id string
}

// encoder writes messages; it is for one goroutine at a time.
type encoder struct {
	buf  bytes.Buffer
	rows *codec.JSON
}

func newEncoder() *encoder {
	e := &encoder{}
	all, _ := codec.Select(field.Alert, nil) // there are no names that could be wrong
	e.rows = codec.NewJSON(&e.buf, all)
	return e
}

// json returns the alert as everywhere else, with the action besides. It is valid until the
// next call.
func (e *encoder) json(m *message) []byte {
	e.buf.Reset()
	_ = e.rows.Write(check.AlertRow{Alert: &m.Alert}) // into memory
	_ = e.rows.Flush()
	e.buf.Truncate(e.buf.Len() - len("}\n"))
	fmt.Fprintf(&e.buf, `,"action":"%s"}`, m.action)
	return e.buf.Bytes()
}

// subject says in one line what happened.
func (m *message) subject() string {
	return oneLine(fmt.Sprintf("%s %s: %s %s: %s", m.Severity(), m.action, m.Check, m.Subject, m.Message))
}

// oneLine makes text of whatever bytes a check has said: control characters, which could begin
// another line or header, become spaces, what is no UTF-8 becomes U+FFFD.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}

// cut returns the beginning of a text, at most so many bytes, without half a character.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}
