package dpi

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // a fingerprint, as certificates are listed by it
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"strconv"
	"time"
)

// Limits that browsers set (CA/Browser Forum ballot SC22): since September 2020 a
// certificate lives 398 days at most.
const (
	certLimitFrom   = 1598918400
	certMaxValidity = 398 * 24 * 3600
	certSoon        = 30 * 24 * 3600
)

// learnCertificates reads the Certificate message of TLS 1.2 and before (RFC 5246,
// section 7.4.2): lengths of prefix bytes, and the server's own certificate first.
func (f *Flow) learnCertificates(b []byte, prefix int) {
	if len(b) < prefix+3 {
		return
	}
	b = b[prefix:]
	size := int(be32(b, 0) >> 8)
	if size == 0 || 3+size > len(b) {
		return
	}
	der := b[3 : 3+size]
	t := f.Info().TLS
	sum1, sum256 := sha1.Sum(der), sha256.Sum256(der) //nolint:gosec // see the import
	t.SHA1, t.SHA256 = hex.EncodeToString(sum1[:]), hex.EncodeToString(sum256[:])
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return // a certificate that Go does not read still has its fingerprints
	}
	t.Subject, t.Issuer = cert.Subject.String(), cert.Issuer.String()
	t.SANs = cert.DNSNames[:min(len(cert.DNSNames), 64)]
	if len(t.SANs) == 0 && cert.Subject.CommonName != "" {
		t.SANs = []string{cert.Subject.CommonName}
	}
	t.NotBefore, t.NotAfter = cert.NotBefore.Unix(), cert.NotAfter.Unix()
	f.certificateRisks(cert)
}

func (f *Flow) certificateRisks(cert *x509.Certificate) {
	t := f.Info().TLS
	now := f.Time / int64(time.Second)
	if bytes.Equal(cert.RawSubject, cert.RawIssuer) {
		f.Risk(RiskTLSSelfSigned, "issued by "+t.Issuer)
	}
	switch {
	case now < t.NotBefore, now > t.NotAfter:
		f.Risk(RiskTLSCertExpired, "valid "+cert.NotBefore.UTC().Format(time.DateOnly)+" to "+cert.NotAfter.UTC().Format(time.DateOnly))
	case now > t.NotAfter-certSoon:
		f.Risk(RiskTLSCertAboutToExpire, "valid until "+cert.NotAfter.UTC().Format(time.DateOnly))
	}
	if validity := t.NotAfter - t.NotBefore; t.NotBefore > certLimitFrom && validity > certMaxValidity {
		f.Risk(RiskTLSCertTooLong, "valid for "+strconv.FormatInt(validity/86400, 10)+" days")
	}
	if name := f.Info().ServerName; name != "" && !isNumericHost(name) && cert.VerifyHostname(name) != nil && len(cert.DNSNames) > 0 {
		f.Risk(RiskTLSCertMismatch, name+" is not among the certificate's names")
	}
}
