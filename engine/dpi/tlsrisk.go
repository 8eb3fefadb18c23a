package dpi

import (
	"strconv"
	"strings"
)

// Alert levels: RFC 5246, section 7.2.
const (
	alertWarning = 1
	alertFatal   = 2
)

// clientRisks raises what a ClientHello shows.
func (f *Flow) clientRisks(h *clientHello, s *handshake) {
	version := f.tlsInfo().Version
	modern := !s.peers && (s.letter != 't' || version >= versionTLS11)
	if obsoleteTLS(version) {
		f.Risk(RiskTLSObsolete, "the client offers at best "+f.tlsInfo().VersionName())
	}
	switch {
	case h.esni && len(h.sni) > 0:
		f.Risk(RiskTLSSuspESNI, "encrypted and plain SNI together")
	case len(h.sni) == 0 && !h.esni && !h.ech && modern:
		f.Risk(RiskMissingSNI, "the client names no server")
		if webALPN(h.alpn) {
			f.Risk(RiskALPNMismatch, "the web without a server name")
		}
	}
	if !h.hasALPN && s.letter != 'q' && modern {
		f.Risk(RiskTLSNotHTTPS, "no ALPN")
	}
	if h.broken {
		f.Risk(RiskTLSSuspExtension, "lengths of extensions contradict each other")
	}
	f.checkALPN(h.alpn)
}

// serverRisks raises what a ServerHello shows.
func (f *Flow) serverRisks(t *TLSInfo) {
	if obsoleteTLS(t.Version) {
		f.Risk(RiskTLSObsolete, "the server chose "+t.VersionName())
	}
	if weakCipher(t.Cipher) {
		f.Risk(RiskTLSWeakCipher, t.CipherName())
	}
}

// alertRisk notes a fatal alert in clear text.
func alertRisk(f *Flow, body []byte) {
	if len(body) == 2 && body[0] == alertFatal {
		f.Risk(RiskTLSFatalAlert, "alert "+strconv.Itoa(int(body[1])))
	}
}

// obsoleteTLS reports versions that RFC 8996 and its forerunners forbid.
func obsoleteTLS(v uint16) bool {
	return v >= versionSSL2 && v < versionTLS12 || v == versionDTLS10
}

// weakCipher reports suites without forward secrecy, or with broken ciphers (RFC
// 9325, section 4.1): those that RSA keys open, which stand first in the registry,
// and later ones by the parts of their names.
func weakCipher(c uint16) bool {
	switch {
	case c < 0x0032, c == 0x0034, c == 0x0035, c == 0x003b, c == 0x003c, c == 0x003d, c == 0x0041, c == 0x0084, c == 0x0096:
		return true
	case c == 0x009c, c == 0x009d, c >= 0xc09c && c <= 0xc09d, c >= 0xc0a0 && c <= 0xc0a1: // RSA with GCM and CCM
		return true
	case c == 0xc001, c >= 0xc006 && c <= 0xc008, c >= 0xc010 && c <= 0xc012: // ECDHE with no cipher, RC4, 3DES
		return true
	case c >= 0xc002 && c <= 0xc005, c >= 0xc00b && c <= 0xc00f, c >= 0xc015 && c <= 0xc019: // static ECDH, anonymous
		return true
	default:
		return c >= 0x0060 && c <= 0x0066 // export
	}
}

// checkALPN notes protocols that are not usual over TLS.
func (f *Flow) checkALPN(list []byte) {
	alpnNames(list, func(name []byte) bool {
		switch {
		case !printable(name):
			f.Risk(RiskTLSSuspExtension, "ALPN is not text")
		case isGreaseName(name), commonALPN(string(name)):
			return true
		}
		f.Risk(RiskTLSUncommonALPN, "ALPN "+printableText(name[:min(len(name), 32)]))
		return false
	})
}

// webALPN reports that the client wants to speak HTTP/2 or HTTP/3 first.
func webALPN(list []byte) (web bool) {
	alpnNames(list, func(name []byte) bool {
		if isGreaseName(name) {
			return true
		}
		web = string(name) == "h2" || hasPrefix(name, "h3")
		return false
	})
	return web
}

// commonALPN reports names of the IANA registry and those in wide use before.
func commonALPN(name string) bool {
	switch name {
	case "h2", "h2c", "h2-14", "h2-15", "h2-16", "h2-fb", "h1q", "h1q-fb", "h3", "hq", "spdy/1", "spdy/2", "spdy/3", "spdy/3.1",
		"stun.turn", "stun.nat-discovery", "webrtc", "c-webrtc", "ftp", "imap", "pop3", "managesieve", "coap", "co", "xmpp-client", "xmpp-server", "acme-tls/1",
		"mqtt", "dot", "doq", "ntske/1", "sunrpc", "smb", "irc", "nntp", "nnsp", "sip/2", "tds/8.0", "dicom", "postgresql", "radius/1.0", "radius/1.1",
		"grpc-exp", "acp", "apns-security-v3", "apns-pack-v1", "x-amzn-http-ca", "postgres", "perfd", "netflix":
		return true
	}
	for _, family := range [...]string{"http/", "h3-", "hq-", "doq-"} {
		if strings.HasPrefix(name, family) {
			return true
		}
	}
	return false
}
