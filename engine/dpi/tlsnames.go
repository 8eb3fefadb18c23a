package dpi

import (
	"crypto/tls"
	"fmt"
)

// VersionName returns the version as people write it ("TLSv1.2"), "" for 0.
func (t *TLSInfo) VersionName() string {
	switch t.Version {
	case 0:
		return ""
	case 0x0002:
		return "SSLv2"
	case 0x0300:
		return "SSLv3"
	case 0x0301:
		return "TLSv1"
	case 0x0302:
		return "TLSv1.1"
	case 0x0303:
		return "TLSv1.2"
	case 0x0304:
		return "TLSv1.3"
	case 0xfeff, 0x0100:
		return "DTLSv1.0"
	case 0xfefd:
		return "DTLSv1.2"
	case 0xfefc:
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
