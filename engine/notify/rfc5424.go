package notify

import (
	"cmp"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
)

// facilities are those of RFC 5424 section 6.2.1 that a program may have, by their usual names.
func facilities() map[string]int {
	all := map[string]int{"user": 1, "daemon": 3, "auth": 4, "syslog": 5, "authpriv": 10}
	for i := range 8 {
		all["local"+strconv.Itoa(i)] = 16 + i
	}
	return all
}

// exampleEnterprise is the number that RFC 5612 keeps for documentation.
const exampleEnterprise = 32473

// Bounds of what one alert may bring, before escapes: RFC 5424 section 6.1 has receivers take
// 2048 bytes, and RFC 5426 section 3.2 asks for datagrams no longer.
const (
	maxParam   = 128
	maxSyslog  = 2048
	maxMsgID   = 32
	maxName    = 255
	timeFormat = "2006-01-02T15:04:05.000000Z07:00"
)

// formatter writes messages as RFC 5424 has them.
type formatter struct {
	facility, enterprise int
	host                 string
	fields               []field.Field
	value                field.Value
}

func newFormatter(facility, enterprise int) *formatter {
	host, _ := os.Hostname()
	return &formatter{facility: facility, enterprise: enterprise, host: headerText(host, maxName), fields: field.Of(field.Alert)}
}

// headerText makes a field of the header of a text: printable ASCII without spaces.
func headerText(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' {
			return '_'
		}
		return r
	}, s)
	return cmp.Or(cut(s, most), "-")
}

// severity is that of RFC 5424 section 6.2.1. Its 0 says that the system is unusable, and many
// servers shout that to all users: our emergency is its alert, for which somebody has to act.
func severity(s alert.Severity) int {
	switch s {
	case alert.Emergency:
		return 1
	case alert.Critical:
		return 2
	case alert.Error:
		return 3
	case alert.Warning:
		return 4
	case alert.Notice:
		return 5
	default:
		return 6
	}
}

// append appends a message. The fields of the alert are its structured data, but for the message,
// which is the text.
func (f *formatter) append(dst []byte, m *message) []byte {
	begin := len(dst)
	dst = fmt.Appendf(dst, "<%d>1 %s %s flowloom %d %s [flowloom@%d", f.facility*8+severity(m.Severity()),
		time.Unix(0, m.Last).UTC().Format(timeFormat), f.host, os.Getpid(), headerText(m.Check, maxMsgID), f.enterprise)
	row := check.AlertRow{Alert: &m.Alert}
	for i, fd := range f.fields {
		if fd.Name == "message" {
			continue
		}
		f.value.Clear()
		row.Value(i, &f.value)
		if text, ok := codec.AppendText(nil, fd.Kind, &f.value); ok {
			dst = appendParam(dst, fd.Name, string(text))
		}
	}
	dst = appendParam(dst, "action", m.action)
	dst = append(dst, "] "...)
	text := oneLine(m.Message)
	if strings.ContainsFunc(text, func(r rune) bool { return r > '~' }) {
		dst = append(dst, "\xef\xbb\xbf"...) // section 6.4: so it is known to be UTF-8
	}
	return append(dst, cut(text, max(maxSyslog-(len(dst)-begin), 0))...)
}

// appendParam appends one SD-PARAM (section 6.3.3).
func appendParam(dst []byte, name, value string) []byte {
	dst = append(append(append(dst, ' '), name...), `="`...)
	value = cut(oneLine(value), maxParam)
	for i := range len(value) {
		if strings.IndexByte(`"\]`, value[i]) >= 0 {
			dst = append(dst, '\\')
		}
		dst = append(dst, value[i])
	}
	return append(dst, '"')
}
