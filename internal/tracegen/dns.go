package tracegen

import (
	"context"
	"fmt"
	"hash/fnv"

	"github.com/miekg/dns"
)

// Lookup is one DNS question with its answer.
type Lookup struct {
	Name string
	// Type is "A", "AAAA", "MX", "TXT" and so on; A when empty.
	Type string
	// Answers are records in zone file form ("www.example.com. 300 IN A 192.0.2.1").
	Answers []string
	// Rcode is the response code: 0, or [dns.RcodeNameError] for NXDOMAIN.
	Rcode int
	// Unanswered leaves out the response.
	Unanswered bool
}

// DNS is DNS over UDP, packed by miekg/dns (RFC 1035), with EDNS0.
func DNS(lookups ...Lookup) Exchange {
	return func(context.Context) ([]Message, error) { return dnsMessages(lookups) }
}

// DNSOverTCP puts the length in front of each message (RFC 7766, section 8); in
// [TLS] it is DNS over TLS.
func DNSOverTCP(lookups ...Lookup) Exchange {
	return func(context.Context) ([]Message, error) {
		messages, err := dnsMessages(lookups)
		for i, m := range messages {
			messages[i].Data = append(be16(nil, len(m.Data)), m.Data...)
		}
		return messages, err
	}
}

func dnsMessages(lookups []Lookup) ([]Message, error) {
	var out []Message
	for i, l := range lookups {
		query := new(dns.Msg).SetQuestion(dns.Fqdn(l.Name), l.qtype())
		query.SetEdns0(1232, false)
		h := fnv.New32a()
		fmt.Fprint(h, i, l.Name, l.Type)
		query.Id = uint16(h.Sum32())
		out = append(out, Message{})
		if err := packDNS(&out[len(out)-1], query); err != nil {
			return nil, err
		}
		if l.Unanswered {
			continue
		}
		reply := new(dns.Msg).SetRcode(query, l.Rcode)
		reply.RecursionAvailable, reply.Compress = true, true
		var err error
		if reply.Answer, err = records(l.Answers); err != nil {
			return nil, err
		}
		reply.SetEdns0(1232, false)
		out = append(out, Message{FromServer: true})
		if err := packDNS(&out[len(out)-1], reply); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (l Lookup) qtype() uint16 {
	if l.Type == "" {
		return dns.TypeA
	}
	return dns.StringToType[l.Type]
}

func packDNS(to *Message, msg *dns.Msg) error {
	b, err := msg.Pack()
	if err != nil {
		return fmt.Errorf("cannot pack a DNS message: %w", err)
	}
	to.Data = b
	return nil
}

func records(lines []string) ([]dns.RR, error) {
	var out []dns.RR
	for _, line := range lines {
		rr, err := dns.NewRR(line)
		if err != nil {
			return nil, fmt.Errorf("cannot read the DNS record %q: %w", line, err)
		}
		out = append(out, rr)
	}
	return out, nil
}

// MDNSQuery is a multicast DNS question for the names, as PTR (RFC 6762).
func MDNSQuery(names ...string) Exchange {
	msg := new(dns.Msg)
	for _, name := range names {
		q := dns.Question{Name: dns.Fqdn(name), Qtype: dns.TypePTR, Qclass: dns.ClassINET}
		msg.Question = append(msg.Question, q)
	}
	return mdns(msg, nil)
}

// MDNSAnnounce is an unasked multicast DNS response with the records.
func MDNSAnnounce(answers ...string) Exchange {
	msg := new(dns.Msg)
	msg.Response, msg.Authoritative = true, true
	return mdns(msg, answers)
}

func mdns(msg *dns.Msg, answers []string) Exchange {
	return func(context.Context) ([]Message, error) {
		out := make([]Message, 1)
		rrs, err := records(answers)
		if err != nil {
			return nil, err
		}
		full := *msg
		full.Answer = rrs
		return out, packDNS(&out[0], &full)
	}
}
