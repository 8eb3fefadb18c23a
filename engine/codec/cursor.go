package codec

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/netip"
	"strconv"

	"github.com/flowloom/flowloom/engine/field"
)

// A cursor is the place of a row in an order: its values of the sort keys, as a JSON array
// in base64url (RFC 4648 section 5). Numbers stand as text, since JSON's are not exact.

// cursorOf writes the cursor of a row with these values.
func cursorOf(keys []SortKey, values []field.Value) string {
	all := make([]any, len(values))
	for i := range values {
		if v := &values[i]; present(keys[i].kind, v) {
			all[i] = cursorValue(keys[i].kind, v)
		}
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false) // which makes < six times as long
	_ = e.Encode(all)      // of texts only
	return base64.RawURLEncoding.EncodeToString(bytes.TrimSuffix(text.Bytes(), []byte("\n")))
}

func cursorValue(kind field.Kind, v *field.Value) any {
	switch kind {
	case field.String:
		return v.Str()
	case field.StringList:
		return v.List()
	case field.IP:
		return v.Addr().String()
	case field.Time, field.Duration:
		return strconv.FormatInt(v.Int(), 10)
	case field.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	case field.MAC:
		if v.Str() != "" {
			return []string{v.Str()}
		}
	}
	return strconv.FormatUint(v.Uint(), 10)
}

var errCursor = errors.New("cannot go on from this cursor: it is of another list or another sort; take the next of the page before") //nolint:gochecknoglobals // constant

// maxCursor bounds a cursor, in bytes. Servers take 64 KiB of headers, with the URL; the names
// of a certificate, the longest list that rows are sorted by, can be 44 KiB.
const maxCursor = 48 << 10

// ParseCursor reads a cursor of rows in the order of keys.
func ParseCursor(keys []SortKey, cursor string) ([]field.Value, error) {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(cursor) > maxCursor {
		return nil, errCursor
	}
	var all []json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil || len(all) != len(keys) {
		return nil, errCursor
	}
	values := make([]field.Value, len(keys))
	for i, raw := range all {
		if string(raw) == "null" {
			continue
		}
		if !parseCursorValue(keys[i].kind, raw, &values[i]) {
			return nil, errCursor
		}
	}
	return values, nil
}

func parseCursorValue(kind field.Kind, raw json.RawMessage, v *field.Value) bool {
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		switch {
		case kind == field.StringList:
			v.SetList(list)
		case kind == field.MAC && len(list) == 1:
			v.SetString(list[0])
		default:
			return false
		}
		return true
	}
	var s string
	if json.Unmarshal(raw, &s) != nil || kind == field.StringList {
		return false
	}
	var err error
	switch kind {
	case field.String:
		v.SetString(s)
	case field.IP:
		var a netip.Addr
		a, err = netip.ParseAddr(s)
		v.SetAddr(a)
	case field.Time, field.Duration:
		var n int64
		n, err = strconv.ParseInt(s, 10, 64)
		v.SetInt(n)
	case field.Float64:
		var f float64
		f, err = strconv.ParseFloat(s, 64)
		v.SetFloat(f)
	default:
		var n uint64
		n, err = strconv.ParseUint(s, 10, 64)
		v.SetUint(n)
	}
	return err == nil
}
