package dpi

import (
	"crypto/tls"
	"fmt"
)

// Versions as they stand on the wire. Drafts of TLS 1.3 and Facebook's early one
// (Fizz) have the draft's number in the low byte.
const (
	versionSSL2    = 0x0002
	versionSSL3    = 0x0300
	versionTLS10   = 0x0301
	versionTLS11   = 0x0302
	versionTLS12   = 0x0303
	versionTLS13   = 0x0304
	versionDTLSBad = 0x0100 // OpenSSL before 0.9.8f
	versionDTLS10  = 0xfeff
	versionDTLS12  = 0xfefd
	versionDTLS13  = 0xfefc

	draftTLS13 = 0x7f
	fizzTLS13  = 0xfb
)

// VersionName returns the version as people write it ("TLSv1.2"), "" for 0.
func (t *TLSInfo) VersionName() string {
	switch v := t.Version; {
	case v == 0:
		return ""
	case v>>8 == draftTLS13:
		return fmt.Sprintf("TLSv1.3 (draft %d)", v&0xff)
	case v>>8 == fizzTLS13:
		return "TLSv1.3 (Fizz)"
	}
	switch t.Version {
	case versionSSL2:
		return "SSLv2"
	case versionSSL3:
		return "SSLv3"
	case versionTLS10:
		return "TLSv1"
	case versionTLS11:
		return "TLSv1.1"
	case versionTLS12:
		return "TLSv1.2"
	case versionTLS13:
		return "TLSv1.3"
	case versionDTLS10, versionDTLSBad:
		return "DTLSv1.0"
	case versionDTLS12:
		return "DTLSv1.2"
	case versionDTLS13:
		return "DTLSv1.3"
	default:
		return fmt.Sprintf("0x%04x", t.Version)
	}
}

// CipherName returns the IANA name of the cipher suite, its number when it is not
// one of the usual, "" for 0.
func (t *TLSInfo) CipherName() string {
	if t.Cipher == 0 {
		return ""
	}
	return tls.CipherSuiteName(t.Cipher)
}
