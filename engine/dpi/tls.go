package dpi

import (
	"crypto/md5" //nolint:gosec // JA3S is defined with MD5
	"encoding/hex"
	"strconv"
	"strings"
)

// TLS records: RFC 8446, section 5.1. SSL 2.0 hello: RFC 5246, appendix E.2.

const (
	recordChangeCipher = 20
	recordAlert        = 21
	recordHandshake    = 22
	recordData         = 23

	messageClientHello = 1
	messageServerHello = 2
	messageCertificate = 11
	messageServerDone  = 14

	maxRecord = 16384 + 2048
)

type tlsState struct{ client, server, certificate bool }

// tlsRecord reads one record header and reports whether it can be one.
func tlsRecord(b []byte) (kind byte, size int, ok bool) {
	if len(b) < 5 {
		return 0, 0, false
	}
	kind, size = b[0], int(be16(b, 3))
	return kind, size, kind >= recordChangeCipher && kind <= recordData && b[1] == 3 && b[2] <= 4 && size > 0 && size <= maxRecord
}

// dissectTLS finds TLS by its records, and reads hellos and certificate.
func dissectTLS(f *Flow) Verdict {
	s, _ := f.State().(*tlsState)
	if s == nil {
		if v := tlsStart(f.Payload, f.StartSeen); v != Yes {
			return v
		}
		s = new(tlsState)
		f.SetState(s)
		tlsMaster(f)
	}
	return tlsLearn(f, s, f.Stream(FromClient), f.Stream(FromServer))
}

// tlsStart judges the first bytes of a direction. Without a handshake to see, two
// records in a row have to fit.
func tlsStart(b []byte, startSeen bool) Verdict {
	if sslV2(b) {
		return Yes
	}
	if b[0] < recordChangeCipher || b[0] > recordData || len(b) > 1 && b[1] != 3 || len(b) > 2 && b[2] > 4 {
		return No
	}
	if len(b) < 6 {
		return More
	}
	kind, size, ok := tlsRecord(b)
	if !ok {
		return No
	}
	fits := false
	switch kind {
	case recordHandshake:
		fits = b[5] == messageClientHello || b[5] == messageServerHello || !startSeen
	case recordAlert:
		fits = size == 2 && (b[5] == 1 || b[5] == 2)
	case recordChangeCipher:
		fits = size == 1 && b[5] == 1
	default:
		return tlsDataStart(b, size)
	}
	if fits {
		return Yes
	}
	return No
}

// tlsDataStart judges a stream that begins with encrypted data: the record has to end
// with the stream, or another has to follow.
func tlsDataStart(b []byte, size int) Verdict {
	if len(b) < 5+size {
		return More
	}
	if len(b) == 5+size {
		return Yes
	}
	if _, _, ok := tlsRecord(b[5+size:]); ok {
		return Yes
	}
	if len(b) < 10+size {
		return More
	}
	return No
}

// sslV2 reports the hello of SSL 2.0 clients that can do more.
func sslV2(b []byte) bool {
	return len(b) >= 11 && b[0]&0x80 != 0 && b[2] == 1 && (be16(b, 3) == 2 || b[3] == 3 && b[4] <= 3) && be16(b, 5)%3 == 0 && be16(b, 5) > 0 && int(be16(b, 0)&0x7fff)+2 == len(b)
}

// tlsMaster names TLS on the ports of protocols that are secured from the start.
func tlsMaster(f *Flow) {
	switch f.SrvPort {
	case 465:
		f.SetMaster("SMTPS")
	case 993:
		f.SetMaster("IMAPS")
	case 995:
		f.SetMaster("POPS")
	case 853:
		f.SetMaster("DoH_DoT")
	case 990:
		f.SetMaster("FTPS")
	}
}

// tlsLearn reads what both streams show so far.
func tlsLearn(f *Flow, s *tlsState, client, server []byte) Verdict {
	if f.Info().TLS == nil {
		f.Info().TLS = new(TLSInfo)
	}
	if !s.client {
		if m := tlsMessages(client); messageOf(m, messageClientHello) != nil {
			if h, ok := parseClientHello(messageOf(m, messageClientHello), false); ok {
				s.client = true
				f.learnClient(&h, 't')
			}
		}
	}
	if len(server) > 0 && !s.certificate {
		tlsServer(f, s, server)
	}
	if s.certificate && (s.client || !f.StartSeen) || tlsOver(client) && tlsOver(server) {
		f.concludeTLS(s.client)
		return Yes
	}
	if f.Packets[0]+f.Packets[1] >= MaxPackets/2 {
		f.concludeTLS(s.client)
		return Yes
	}
	return YesMore
}

// tlsServer reads the server's hello and certificate.
func tlsServer(f *Flow, s *tlsState, server []byte) {
	m := tlsMessages(server)
	if !s.server {
		if b := messageOf(m, messageServerHello); b != nil {
			s.server = true
			f.learnServer(b)
		}
	}
	if f.Info().TLS.Version == 0x0304 && s.server {
		s.certificate = true // encrypted from here on
		return
	}
	if b := messageOf(m, messageCertificate); b != nil {
		s.certificate = true
		f.learnCertificates(b, 3)
	} else if messageOf(m, messageServerDone) != nil {
		s.certificate = true
	}
	if len(server) >= 7 && server[0] == recordAlert && server[5] == 2 {
		f.Risk(RiskTLSFatalAlert, "alert "+strconv.Itoa(int(server[6])))
	}
}

// tlsOver reports that a stream has reached what is encrypted.
func tlsOver(b []byte) bool {
	for n := 0; n < 16; n++ {
		kind, size, ok := tlsRecord(b)
		if !ok {
			return false
		}
		if kind == recordData || kind == recordChangeCipher {
			return true
		}
		b = b[min(len(b), 5+size):]
	}
	return false
}

// tlsMessages joins the handshake records at the start of a stream.
func tlsMessages(b []byte) []byte {
	var joined []byte
	for n := 0; n < 32; n++ {
		kind, size, ok := tlsRecord(b)
		if !ok || kind != recordHandshake {
			break
		}
		body := b[5:min(len(b), 5+size)]
		if joined == nil && (len(b) <= 5+size || b[5+size] != recordHandshake) {
			return body
		}
		joined = append(joined, body...)
		b = b[min(len(b), 5+size):]
	}
	return joined
}

// messageOf returns the body of the first whole handshake message of a type.
func messageOf(b []byte, kind byte) []byte {
	for n := 0; len(b) >= 4 && n < 16; n++ {
		size := int(be32(b, 0) & 0xffffff)
		if 4+size > len(b) {
			return nil
		}
		if b[0] == kind {
			return b[4 : 4+size]
		}
		b = b[4+size:]
	}
	return nil
}

// learnClient keeps what a ClientHello tells; transport is the letter of JA4.
func (f *Flow) learnClient(h *clientHello, transport byte) {
	t := f.Info().TLS
	if t == nil {
		t = new(TLSInfo)
		f.Info().TLS = t
	}
	t.JA4 = h.ja4(transport)
	t.Version = h.best()
	t.ClientVersions = versionList(h.versions)
	t.ALPN = alpnList(h.alpn)
	if len(h.sni) > 0 {
		f.SetServerName(h.sni)
		f.checkHostName(f.Info().ServerName)
	} else if !h.esni && (t.Version >= 0x0302 || transport != 't') {
		f.Risk(RiskMissingSNI, "the client names no server")
	}
	if obsoleteTLS(t.Version) {
		f.Risk(RiskTLSObsolete, "the client offers at best "+t.VersionName())
	}
	if h.esni && len(h.sni) > 0 {
		f.Risk(RiskTLSSuspESNI, "encrypted and plain SNI together")
	}
	if !h.hasALPN && transport != 'q' && (f.res.Master == Unknown || f.res.Master == f.current) {
		f.Risk(RiskTLSNotHTTPS, "no ALPN")
	}
	f.checkALPN(h.alpn)
}

// checkALPN notes protocols that are not usual over TLS.
func (f *Flow) checkALPN(list []byte) {
	alpnNames(list, func(name []byte) bool {
		if !commonALPN(string(name)) {
			f.Risk(RiskTLSUncommonALPN, "ALPN "+printableText(name[:min(len(name), 32)]))
			return false
		}
		return true
	})
}

func commonALPN(name string) bool {
	if len(name) == 2 && grease(uint16(name[0])<<8|uint16(name[1])) {
		return true
	}
	switch name {
	case "http/0.9", "http/1.0", "http/1.1", "h2", "h2c", "h2-14", "h2-15", "h2-16", "h2-fb", "h1q", "h1q-fb", "spdy/1", "spdy/2", "spdy/3", "spdy/3.1",
		"stun.turn", "stun.nat-discovery", "webrtc", "c-webrtc", "ftp", "imap", "pop3", "managesieve", "coap", "co", "xmpp-client", "xmpp-server", "acme-tls/1",
		"mqtt", "dot", "ntske/1", "sunrpc", "smb", "irc", "nntp", "nnsp", "doq", "sip/2", "tds/8.0", "dicom", "postgresql", "radius/1.0", "radius/1.1",
		"hq", "h3", "http/2", "http/2.0", "hq-interop", "grpc-exp", "acp", "apns-security-v3", "apns-pack-v1", "x-amzn-http-ca", "postgres", "perfd", "netflix":
		return true
	}
	return strings.HasPrefix(name, "h3-") || strings.HasPrefix(name, "hq-") || strings.HasPrefix(name, "doq-") || strings.HasPrefix(name, "http/")
}

func versionList(b []byte) string {
	var names []string
	for _, v := range numbers(b) {
		names = append(names, (&TLSInfo{Version: v}).VersionName())
	}
	return strings.Join(names, ",")
}

func alpnList(list []byte) string {
	var names []string
	alpnNames(list, func(name []byte) bool {
		names = append(names, printableText(name))
		return len(names) < 16
	})
	return strings.Join(names, ",")
}

// learnServer keeps what a ServerHello chose, and JA3S: MD5 over version, cipher
// and extensions.
func (f *Flow) learnServer(b []byte) {
	t := f.Info().TLS
	if len(b) < 38 {
		return
	}
	t.Version = be16(b, 0)
	at := 34 + 1 + int(b[34])
	t.Cipher = be16(b, at)
	var kinds []string
	end := at + 5 + int(be16(b, at+3))
	for at += 5; at+4 <= min(end, len(b)) && len(kinds) < maxTLSExtensions; {
		kind, size := be16(b, at), int(be16(b, at+2))
		value := b[at+4 : min(len(b), at+4+size)]
		kinds = append(kinds, strconv.Itoa(int(kind)))
		switch {
		case kind == extSupportedVersions && len(value) == 2:
			t.Version = be16(value, 0)
		case kind == extALPN && len(value) > 3:
			t.ALPN = alpnList(value[2:])
		}
		at += 4 + size
	}
	text := strconv.Itoa(int(be16(b, 0))) + "," + strconv.Itoa(int(t.Cipher)) + "," + strings.Join(kinds, "-")
	sum := md5.Sum([]byte(text)) //nolint:gosec // see the import
	t.JA3S = hex.EncodeToString(sum[:])
	if weakCipher(t.Cipher) {
		f.Risk(RiskTLSWeakCipher, t.CipherName())
	}
}

// weakCipher reports suites without forward secrecy, or with broken ciphers.
func weakCipher(c uint16) bool {
	name := (&TLSInfo{Cipher: c}).CipherName()
	for _, part := range [...]string{"TLS_RSA_", "_RC4_", "_3DES_", "_DES_", "_NULL_", "EXPORT", "_anon_"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return c < 0x0034 && c != 0x0033 && c != 0x0032 || c == 0x0035 || c == 0x003c || c == 0x003d || c == 0x0041 || c == 0x0084 || c == 0x009c || c == 0x009d
}

// concludeTLS raises what needs both sides, and names applications by certificate.
func (f *Flow) concludeTLS(clientSeen bool) {
	info := f.Info()
	t := info.TLS
	if clientSeen && obsoleteTLS(t.Version) {
		f.Risk(RiskTLSObsolete, t.VersionName())
	}
	f.nameByCertificate(t)
}

// obsoleteTLS reports versions that RFC 8996 and its forerunners forbid.
func obsoleteTLS(v uint16) bool { return v >= 0x0002 && v < 0x0303 || v == 0xfeff || v == 0x0100 }

// nameByCertificate takes name and application from the certificate when the client
// asked for none.
func (f *Flow) nameByCertificate(t *TLSInfo) {
	if strings.Contains(t.Issuer, "AnyNet") || strings.Contains(t.Subject, "AnyDesk") {
		f.SetApp("AnyDesk")
		f.Risk(RiskDesktopSharing, "remote control")
		return
	}
	if f.res.App != Unknown || f.Info().ServerName != "" && f.knownHost(f.Info().ServerName) {
		return
	}
	for _, name := range t.SANs {
		if host := strings.TrimPrefix(name, "*."); f.knownHost(host) {
			if e, ok := f.detector.reg.hosts.lookup(host); ok && e.app != Unknown {
				f.res.App = e.app
				return
			}
		}
	}
}

func (f *Flow) knownHost(name string) bool {
	e, ok := f.detector.reg.hosts.lookup(name)
	return ok && e.app != Unknown
}
