package dpi

import (
	"encoding/hex"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// Rules are names that the user gives to ports, hosts, addresses and payloads,
// on top of the built-in protocols. Make them with [ParseRules]; a nil *Rules has
// none.
//
// A file of rules has one a line, empty lines and lines that begin with # aside:
// what to match, comma-separated, then @ and the name. The form is that of
// nDPI's protos.txt where that has the means:
//
//	tcp:81,tcp:8181,udp:5000-5010@Intranet
//	host:"intranet.example",host:"=www.example",host:"cdn-*.example"@Intranet
//	ip:198.51.100.0/24,ip:203.0.113.7:8443,ipv6:[2001:db8::]/32:443@Intranet
//	payload:tcp:0=50ff01,payload:4=cafe@Intranet
//	host:"pool.example",category:Mining@MyPool=5000
//
// A host stands for all names below it, too; = in front of it is for that name
// only, and one star stands for any text. A payload is an offset and the bytes
// there, in hex; without tcp: or udp: it is for both. category: is that of a new
// name. A number behind the name is kept as nDPI's.
//
// A name that exists is extended: tcp:8181@HTTP adds a default port of HTTP. A new
// one is an application: it becomes the second part of what the flow is found to
// be (TLS.Intranet), or its only name. Rules win over what is built in.
type Rules struct{ list []rule }

// rule is one line.
type rule struct {
	name     string
	number   uint16
	category Category
	ports    []portMatch
	hosts    []string
	addrs    []addrMatch
	payloads []payloadMatch
}

// portMatch is a range of TCP or UDP ports.
type portMatch struct {
	carrier     int
	first, last uint16
}

// addrMatch is a prefix, on one port or on all (0).
type addrMatch struct {
	prefix netip.Prefix
	port   uint16
}

// payloadMatch is the bytes at an offset of a packet's payload or of a stream.
type payloadMatch struct {
	over   Transport
	offset uint16
	bytes  string
}

// Len returns the number of rules.
func (r *Rules) Len() int {
	if r == nil {
		return 0
	}
	return len(r.list)
}

// String returns the rules in the form that [ParseRules] reads, one a line.
func (r *Rules) String() string {
	if r == nil {
		return ""
	}
	var b strings.Builder
	for i := range r.list {
		b.WriteString(r.list[i].String())
		b.WriteByte('\n')
	}
	return b.String()
}

func (r *rule) String() string {
	var items []string
	for _, p := range r.ports {
		items = append(items, p.String())
	}
	for _, h := range r.hosts {
		items = append(items, `host:"`+h+`"`)
	}
	for _, a := range r.addrs {
		items = append(items, a.String())
	}
	for _, p := range r.payloads {
		items = append(items, p.String())
	}
	if r.category != Unspecified {
		items = append(items, "category:"+r.category.String())
	}
	text := strings.Join(items, ",") + "@" + r.name
	if r.number != 0 {
		text += "=" + strconv.Itoa(int(r.number))
	}
	return text
}

func (p portMatch) String() string {
	carrier := "tcp"
	if p.carrier == overUDP {
		carrier = "udp"
	}
	if p.first == p.last {
		return fmt.Sprintf("%s:%d", carrier, p.first)
	}
	return fmt.Sprintf("%s:%d-%d", carrier, p.first, p.last)
}

func (a addrMatch) String() string {
	text := fmt.Sprintf("ip:%s", a.prefix)
	if a.prefix.Addr().Is6() {
		text = fmt.Sprintf("ipv6:[%s]/%d", a.prefix.Addr(), a.prefix.Bits())
	}
	if a.port != 0 {
		text += fmt.Sprintf(":%d", a.port)
	}
	return text
}

func (m payloadMatch) String() string {
	carrier := ""
	switch m.over {
	case TCP:
		carrier = "tcp:"
	case UDP:
		carrier = "udp:"
	}
	return fmt.Sprintf("payload:%s%d=%s", carrier, m.offset, hex.EncodeToString([]byte(m.bytes)))
}
