package dpi

import (
	"bytes"
	"encoding/binary"
)

// DNSCrypt version 2 protocol, https://dnscrypt.info/protocol: certificates are
// fetched by plain TXT queries for 2.dnscrypt-cert.PROVIDER, and responses begin
// with a fixed magic.

var (
	dnscryptCertName = []byte("\x012\x0ddnscrypt-cert")
	dnscryptMagic    = []byte("r6fnvWj8")
	avastSecureName  = []byte("2.securedns.avast.com")
)

const dnsTypeTXT = 16

// dissectDNSCrypt finds certificate queries on any port, and encrypted responses.
func dissectDNSCrypt(f *Flow) Verdict {
	b, framed := f.Payload, true
	if f.carrier == overTCP {
		if len(b) < 2 {
			return More
		}
		framed = int(be16(b, 0)) == len(b)-2
		b = b[2:]
	}
	if bytes.HasPrefix(b, dnscryptMagic) && f.Dir == FromServer && len(b) >= 8+24+16 {
		return Yes
	}
	if len(b) > dnsHeaderLen+len(dnscryptCertName) && bytes.EqualFold(b[dnsHeaderLen:dnsHeaderLen+len(dnscryptCertName)], dnscryptCertName) &&
		binary.BigEndian.Uint16(b[4:]) == 1 {
		return Yes
	}
	if framed && dnscryptQuery(f, len(b)) {
		return More
	}
	return No
}

// dnscryptQuery reports whether a client's message is long enough for a padded query;
// only the answer's magic makes it certain.
func dnscryptQuery(f *Flow, n int) bool {
	const shortest = 256
	return f.Dir == FromClient && f.Packets[FromServer] == 0 && n >= shortest
}

// dissectAvastSecureDNS finds Avast's variant, which asks for its certificate
// under one fixed name.
func dissectAvastSecureDNS(f *Flow) Verdict {
	m, ok := parseDNSHeader(f.Payload)
	if !ok || m.qd != 1 || len(f.Payload) < dnsHeaderLen+len(avastSecureName) || f.Payload[dnsHeaderLen] != 1 {
		return No
	}
	var scratch [dnsMaxName + 1]byte
	if !m.parseQuestion(f.Payload, scratch[:0]) || m.qtype != dnsTypeTXT || !bytes.Equal(m.query, avastSecureName) {
		return No
	}
	return Yes
}
