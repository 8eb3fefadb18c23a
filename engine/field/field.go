package field

import "fmt"

// Kind is the type of a field's values. It decides how each codec writes them.
type Kind uint8

// The kinds of values, with their JSON and Arrow forms.
const (
	// Bool is JSON true/false, Arrow bool.
	Bool Kind = iota + 1
	// Uint8 is a JSON number, Arrow uint8.
	Uint8
	// Uint16 is a JSON number, Arrow uint16.
	Uint16
	// Uint32 is a JSON number, Arrow uint32.
	Uint32
	// Uint64 is a JSON number, Arrow uint64.
	Uint64
	// Float64 is a JSON number, Arrow float64.
	Float64
	// String is a JSON string, Arrow utf8.
	String
	// StringList is a JSON array of strings, Arrow list<utf8>.
	StringList
	// IP is an IPv4 or IPv6 address: a JSON string, Arrow utf8.
	IP
	// MAC is a 48-bit hardware address in lower-case colon form, Arrow utf8.
	MAC
	// Time is nanoseconds since the Unix epoch: RFC 3339 with nanoseconds in
	// JSON (UTC), Arrow timestamp[ns, UTC].
	Time
	// Duration is nanoseconds: seconds as a JSON number, Arrow duration[ns].
	Duration
)

var kindNames = [...]string{
	Bool: "bool", Uint8: "uint8", Uint16: "uint16", Uint32: "uint32", Uint64: "uint64", Float64: "float64",
	String: "string", StringList: "list<string>", IP: "ip", MAC: "mac", Time: "time", Duration: "duration",
}

// String returns the kind's name as the reference page prints it.
func (k Kind) String() string {
	if int(k) < len(kindNames) && kindNames[k] != "" {
		return kindNames[k]
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// Example shows how conditions write a value of the kind.
func (k Kind) Example() string {
	switch k {
	case Bool:
		return "true or false"
	case Float64:
		return "2.5"
	case Time:
		return "2026-01-02T15:04:05Z"
	case Duration:
		return "seconds: 2.5"
	case IP:
		return "192.0.2.1 or 192.0.2.0/24"
	case String, StringList, MAC:
		return "text"
	default:
		return "a whole number: 443"
	}
}

// Scope says to which record a field belongs.
type Scope uint8

// The records of the catalogue.
const (
	Flow Scope = iota
	Host
	Interface
	Network
	Protocol
	Alert
	numScopes
)

var scopeNames = [...]string{Flow: "flow", Host: "host", Interface: "interface", Network: "network", Protocol: "protocol", Alert: "alert"}

// String returns the singular name of the scope ("flow").
func (s Scope) String() string { return scopeNames[s] }

// Scopes lists every scope in the order of the reference page.
func Scopes() []Scope {
	all := make([]Scope, numScopes)
	for i := range all {
		all[i] = Scope(i)
	}
	return all
}

// Field is one attribute of one kind of record.
type Field struct {
	// Name is the catalogue name, snake_case: the only name users ever type.
	Name string
	// Kind is the type of the values.
	Kind Kind
	// Unit is the unit of a quantity ("bytes", "packets", "ports"), or "".
	Unit string
	// Doc is one sentence in Markdown, without a final full stop.
	Doc string
	// IPFIX is the name of the IANA information element (RFC 7012 registry), or "".
	IPFIX string
	// Ntopng is the column of ntopng's historical flow table, or "".
	Ntopng string
	// Optional marks a field that some records do not have: JSON leaves it out,
	// Arrow and CSV hold a null.
	Optional bool
}

// Of returns the fields of a scope in catalogue order. The caller must not change the slice.
func Of(s Scope) []Field {
	switch s {
	case Flow:
		return flowFields
	case Host:
		return hostFields
	case Interface:
		return interfaceFields
	case Network:
		return networkFields
	case Protocol:
		return protocolFields
	case Alert:
		return alertFields
	default:
		return nil
	}
}

// Index returns the position of the named field in Of(s), or -1.
func Index(s Scope, name string) int {
	for i, f := range Of(s) {
		if f.Name == name {
			return i
		}
	}
	return -1
}
