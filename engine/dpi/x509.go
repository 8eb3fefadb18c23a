package dpi

import (
	"net/netip"
	"strings"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Certificates: RFC 5280, section 4.1. Only what a flow's metadata needs is read, so
// that a certificate with a key or an extension that libraries refuse still tells its
// names.

// maxNames bounds the alternative names kept of one certificate.
const maxNames = 64

// certificate is what a certificate tells of itself.
type certificate struct {
	subject, issuer     distinguishedName
	sans                []string
	notBefore, notAfter time.Time
	selfIssued          bool
}

// distinguishedName is a name in its text form (RFC 4514), with the parts that tell
// applications.
type distinguishedName struct {
	text                     string
	commonName, organisation string
	unit                     string
}

// parseCertificate reads a DER certificate; ok is false when it is broken before the
// end of the names.
func parseCertificate(der []byte) (c certificate, ok bool) {
	input := cryptobyte.String(der)
	var outer, body, issuer, validity, subject cryptobyte.String
	if !input.ReadASN1(&outer, asn1.SEQUENCE) || !outer.ReadASN1(&body, asn1.SEQUENCE) ||
		!body.SkipOptionalASN1(asn1.Tag(0).Constructed().ContextSpecific()) || // version
		!body.SkipASN1(asn1.INTEGER) || !body.SkipASN1(asn1.SEQUENCE) || // serial number, signature algorithm
		!body.ReadASN1(&issuer, asn1.SEQUENCE) || !body.ReadASN1(&validity, asn1.SEQUENCE) || !body.ReadASN1(&subject, asn1.SEQUENCE) {
		return c, false
	}
	c.selfIssued = string(issuer) == string(subject)
	c.issuer, c.subject = readName(issuer), readName(subject)
	c.notBefore, c.notAfter = readTime(&validity), readTime(&validity)
	c.readExtensions(body)
	return c, true
}

// readTime reads UTCTime or GeneralizedTime, zero when it is neither.
func readTime(s *cryptobyte.String) (t time.Time) {
	if s.PeekASN1Tag(asn1.UTCTime) {
		_ = s.ReadASN1UTCTime(&t)
	} else {
		_ = s.ReadASN1GeneralizedTime(&t)
	}
	return t
}

// attributeNames are the short names of RFC 4514, section 3, by the last byte of the
// attribute types below 2.5.4.
var attributeNames = map[byte]string{3: "CN", 5: "SERIALNUMBER", 6: "C", 7: "L", 8: "ST", 9: "STREET", 10: "O", 11: "OU", 17: "POSTALCODE"}

// readName reads a distinguished name; its text begins with the last part, which
// mostly is the common name.
func readName(sequence cryptobyte.String) (n distinguishedName) {
	var parts []string
	for len(parts) < 32 {
		var set, attribute, kind, value cryptobyte.String
		var tag asn1.Tag
		if !sequence.ReadASN1(&set, asn1.SET) || !set.ReadASN1(&attribute, asn1.SEQUENCE) ||
			!attribute.ReadASN1(&kind, asn1.OBJECT_IDENTIFIER) || !attribute.ReadAnyASN1(&value, &tag) {
			break
		}
		if len(kind) != 3 || kind[0] != 0x55 || kind[1] != 4 || attributeNames[kind[2]] == "" {
			continue
		}
		text := attributeText(value, tag)
		switch kind[2] {
		case 3:
			n.commonName = text
		case 10:
			n.organisation = text
		case 11:
			n.unit = text
		}
		parts = append(parts, attributeNames[kind[2]]+"="+escapeName(text))
	}
	for i := len(parts) - 1; i >= 0; i-- {
		if n.text != "" {
			n.text += ","
		}
		n.text += parts[i]
	}
	return n
}

// attributeText decodes a string type; control characters become question marks.
func attributeText(value []byte, tag asn1.Tag) string {
	const bmpString = 30
	value = value[:min(len(value), 256)]
	var text strings.Builder
	if tag == bmpString {
		for i := 0; i+2 <= len(value); i += 2 {
			writeClean(&text, rune(be16(value, i)))
		}
		return text.String()
	}
	for _, r := range string(value) {
		writeClean(&text, r)
	}
	return text.String()
}

func writeClean(text *strings.Builder, r rune) {
	if r < ' ' || r == 0x7f || r == '\uFFFD' {
		r = '?'
	}
	text.WriteRune(r)
}

var nameEscapes = strings.NewReplacer(`,`, `\,`, `+`, `\+`, `"`, `\"`, `\`, `\\`, `<`, `\<`, `>`, `\>`, `;`, `\;`)

func escapeName(text string) string { return nameEscapes.Replace(text) }

// readExtensions finds the subject's alternative names behind the public key.
func (c *certificate) readExtensions(body cryptobyte.String) {
	const issuerID, subjectID = asn1.Tag(1 | 0x80), asn1.Tag(2 | 0x80)
	var wrapped, list cryptobyte.String
	var present bool
	if !body.SkipASN1(asn1.SEQUENCE) || !body.SkipOptionalASN1(issuerID) || !body.SkipOptionalASN1(subjectID) ||
		!body.ReadOptionalASN1(&wrapped, &present, asn1.Tag(3).Constructed().ContextSpecific()) || !present ||
		!wrapped.ReadASN1(&list, asn1.SEQUENCE) {
		return
	}
	for n := 0; n < 32; n++ {
		var extension, kind, value cryptobyte.String
		if !list.ReadASN1(&extension, asn1.SEQUENCE) || !extension.ReadASN1(&kind, asn1.OBJECT_IDENTIFIER) ||
			!extension.SkipOptionalASN1(asn1.BOOLEAN) || !extension.ReadASN1(&value, asn1.OCTET_STRING) {
			return
		}
		if string(kind) == "\x55\x1d\x11" { // subjectAltName, 2.5.29.17
			c.readAlternativeNames(value)
			return
		}
	}
}

func (c *certificate) readAlternativeNames(value cryptobyte.String) {
	const dnsName, ipAddress = asn1.Tag(2 | 0x80), asn1.Tag(7 | 0x80)
	var list cryptobyte.String
	if !value.ReadASN1(&list, asn1.SEQUENCE) {
		return
	}
	for len(c.sans) < maxNames {
		var name cryptobyte.String
		var tag asn1.Tag
		if !list.ReadAnyASN1(&name, &tag) {
			return
		}
		switch tag {
		case dnsName:
			c.sans = append(c.sans, cleanName([]byte(printableText(name))))
		case ipAddress:
			if addr, ok := netip.AddrFromSlice(name); ok {
				c.sans = append(c.sans, addr.String())
			}
		}
	}
}

// covers reports whether the certificate is good for a host name (RFC 9525, section
// 6.3): a star stands for one label.
func (c *certificate) covers(host string) bool {
	for _, name := range c.sans {
		if name == host {
			return true
		}
		if tail, star := strings.CutPrefix(name, "*"); star {
			if label, _, found := strings.Cut(host, "."); found && host[len(label):] == tail {
				return true
			}
		}
	}
	return false
}
