package dpi

import (
	"crypto/sha1" //nolint:gosec // a fingerprint, as certificates are listed by it
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// Limits that browsers set (CA/Browser Forum ballot SC22): since September 2020 a
// certificate lives 398 days at most.
const (
	certLimitFrom   = 1598918400
	certMaxValidity = 398 * 24 * 3600
	certSoon        = 30 * 24 * 3600
)

// leafOf returns the first certificate of a Certificate message of TLS 1.2 and before
// (RFC 5246, section 7.4.2), nil when there is none.
func leafOf(b []byte) []byte {
	const prefix = 3 // the list's length, then each certificate's
	if len(b) < 2*prefix {
		return nil
	}
	size := int(be32(b, prefix) >> 8)
	if len(b) == 2*prefix { // be32 needs a byte more
		size = 0
	}
	if size == 0 || 2*prefix+size > len(b) {
		return nil
	}
	return b[2*prefix : 2*prefix+size]
}

// learnServerCertificate keeps what the server's certificate tells.
func (f *Flow) learnServerCertificate(b []byte, s *handshake) {
	der := leafOf(b)
	if der == nil {
		return
	}
	t := f.tlsInfo()
	sum1, sum256 := sha1.Sum(der), sha256.Sum256(der) //nolint:gosec // see the import
	t.SHA1, t.SHA256 = hex.EncodeToString(sum1[:]), hex.EncodeToString(sum256[:])
	f.checkFingerprint(RiskMaliciousCert, "certificate", t.SHA1)
	f.checkFingerprint(RiskMaliciousCert, "certificate", t.SHA256)
	c, ok := parseCertificate(der)
	if !ok {
		return // what cannot be read still has its fingerprints
	}
	if len(c.sans) == 0 && c.subject.commonName != "" {
		c.sans = []string{strings.ToLower(c.subject.commonName)}
	}
	t.Subject, t.Issuer, t.SANs = c.subject.text, c.issuer.text, c.sans
	t.NotBefore, t.NotAfter = c.notBefore.Unix(), c.notAfter.Unix()
	f.nameByCertificate(&c)
	f.certificateRisks(&c, s)
}

// learnClientCertificate keeps nothing of a person's certificate; it only looks for
// applications whose clients carry their own.
func (f *Flow) learnClientCertificate(b []byte) {
	if c, ok := parseCertificate(leafOf(b)); ok && f.res.App == Unknown {
		f.nameByOwner(&c)
	}
}

func (f *Flow) certificateRisks(c *certificate, s *handshake) {
	t := f.tlsInfo()
	now := f.Time / int64(time.Second)
	if c.selfIssued && !s.peers && f.appName() != "AnyDesk" { // peers, and AnyDesk, make their own by design
		f.Risk(RiskTLSSelfSigned, "issued by "+t.Issuer)
	}
	switch {
	case now < t.NotBefore, now > t.NotAfter:
		f.Risk(RiskTLSCertExpired, "valid "+c.notBefore.UTC().Format(time.DateOnly)+" to "+c.notAfter.UTC().Format(time.DateOnly))
	case now > t.NotAfter-certSoon:
		f.Risk(RiskTLSCertAboutToExpire, "valid until "+c.notAfter.UTC().Format(time.DateOnly))
	}
	if validity := t.NotAfter - t.NotBefore; t.NotBefore > certLimitFrom && validity > certMaxValidity {
		f.Risk(RiskTLSCertTooLong, "valid for "+strconv.FormatInt(validity/86400, 10)+" days")
	}
	if name := f.Info().ServerName; s.named && name != "" && !isNumericHost(name) && len(c.sans) > 0 && !c.covers(name) {
		f.Risk(RiskTLSCertMismatch, name+" is not among the certificate's names")
	}
}

// appName returns the name of the flow's application so far, "" for none.
func (f *Flow) appName() string {
	if f.res.App == Unknown {
		return ""
	}
	return f.detector.reg.protocols[f.res.App].Name
}

// nameByCertificate names the application by the owner of the server's certificate,
// else by its names when the client asked for none that is known.
func (f *Flow) nameByCertificate(c *certificate) {
	if f.nameByOwner(c) || f.res.App != Unknown || f.Info().ServerName != "" && f.appOfHost(f.Info().ServerName) != Unknown {
		return
	}
	if app := f.appOfHost(strings.ToLower(c.subject.commonName)); app != Unknown {
		f.res.App = app
		return
	}
	for _, name := range c.sans {
		if app := f.appOfHost(strings.TrimPrefix(name, "*.")); app != Unknown {
			f.res.App = app
			return
		}
	}
}

func (f *Flow) appOfHost(name string) ID {
	e, _ := f.detector.reg.hosts.lookup(name)
	return e.app
}

// certificateOwners are applications whose servers, or clients, carry certificates of
// their own authority rather than a public one.
var certificateOwners = [...]struct {
	app  string
	owns func(c *certificate) bool
}{
	{"AnyDesk", func(c *certificate) bool {
		return strings.HasPrefix(c.subject.commonName, "AnyDesk") || strings.HasPrefix(c.issuer.commonName, "AnyNet")
	}},
	{"FortiClient", func(c *certificate) bool {
		return c.issuer.organisation == "Fortinet" && c.subject.unit == "FortiGate"
	}},
	{"PrivateInternetAccess", func(c *certificate) bool { return c.issuer.organisation == "Private Internet Access" }},
	{"GeForceNow", func(c *certificate) bool { return c.subject.commonName == "NVIDIA GameStream" }},
	{"GoogleCall", func(c *certificate) bool { return c.selfIssued && c.subject.commonName == "hangouts" }},
	{"Tor", func(c *certificate) bool {
		return c.issuer.organisation == "" && torName(c.subject.commonName, ".net") && torName(c.issuer.commonName, ".com")
	}},
}

// nameByOwner reports whether an application has a certificate like that.
func (f *Flow) nameByOwner(c *certificate) bool {
	for i := range certificateOwners {
		if !certificateOwners[i].owns(c) {
			continue
		}
		if app := certificateOwners[i].app; app == "AnyDesk" {
			f.nameAnyDesk()
		} else {
			f.SetApp(app)
		}
		return true
	}
	return false
}

func (f *Flow) nameAnyDesk() {
	f.SetApp("AnyDesk")
	f.Risk(RiskDesktopSharing, "remote control by AnyDesk")
}

// torName reports the random names that Tor relays make up for their link
// certificates: www., 8 to 20 letters and digits of base 32, top-level domain.
func torName(name, tld string) bool {
	label, ok := strings.CutPrefix(name, "www.")
	if !ok {
		return false
	}
	label, ok = strings.CutSuffix(label, tld)
	if !ok || len(label) < 8 || len(label) > 20 {
		return false
	}
	digit := false
	for _, c := range label {
		switch {
		case c >= '2' && c <= '7':
			digit = true
		case c < 'a' || c > 'z':
			return false
		}
	}
	return digit
}
