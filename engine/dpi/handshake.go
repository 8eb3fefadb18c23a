package dpi

import (
	"crypto/md5" //nolint:gosec // JA3S is defined with MD5
	"encoding/hex"
	"strconv"
	"strings"
)

// Handshake messages of TLS, DTLS and QUIC: RFC 8446, section 4; RFC 5246, section 7.4.
const (
	messageClientHello        = 1
	messageServerHello        = 2
	messageCertificate        = 11
	messageCertificateRequest = 13
	messageServerDone         = 14

	messageHeader = 4
)

// handshake is how far a flow's handshake has been read.
type handshake struct {
	letter byte // of JA4: 't', 'd' or 'q'
	client bool // the client's hello was read
	named  bool // and asked for a server by name
	server bool // the server's hello was read
	// certificate: the server's certificate was read; clientCertificate: the client's.
	certificate, clientCertificate bool
	// requested: the server asked for the client's certificate.
	requested bool
	// ended: the server has nothing more to say in clear text.
	ended bool
	// peers: WebRTC's two sides, which name no servers and carry no web.
	peers bool
	// clientDir is where the client's messages come from; a hello makes it certain.
	clientDir Direction
}

// complete reports that nothing more is to be learned; clientSeen tells whether the
// client has said anything.
func (s *handshake) complete(clientSeen bool) bool {
	return s.ended && (s.client || !clientSeen) && (!s.requested || s.clientCertificate)
}

// hugeHello is far above what clients send, keys against quantum computers and a full
// session ticket included: whoever pads a hello that much hides its name from those
// who look at the first packets only.
const hugeHello = 6000

// message reads one message. A stream is read anew with each packet: what was
// learned is not learned again.
func (s *handshake) message(f *Flow, dir Direction, kind byte, body []byte) {
	switch kind {
	case messageClientHello:
		if s.client {
			return
		}
		if h, ok := parseClientHello(body, s.letter == 'd'); ok {
			s.client, s.clientDir = true, dir
			s.named = len(h.sni) > 0
			if len(body) > hugeHello {
				f.Risk(RiskObfuscated, "client hello of "+strconv.Itoa(len(body))+" bytes")
			}
			f.learnClient(&h, s)
		}
	case messageServerHello:
		if !s.server && f.learnServer(body) {
			s.server, s.clientDir = true, dir.Other()
			s.ended = f.Info().TLS.sealed()
		}
	case messageCertificate:
		s.learnCertificate(f, dir, body)
	case messageCertificateRequest:
		s.requested = true
	case messageServerDone:
		s.ended = true
	}
}

func (s *handshake) learnCertificate(f *Flow, dir Direction, body []byte) {
	switch {
	case dir == s.clientDir && !s.clientCertificate:
		s.clientCertificate = true
		f.learnClientCertificate(body)
	case dir != s.clientDir && !s.certificate:
		s.certificate = true
		f.learnServerCertificate(body, s)
	}
}

// tlsInfo returns the flow's TLS metadata, made on first use.
func (f *Flow) tlsInfo() *TLSInfo {
	info := f.Info()
	if info.TLS == nil {
		info.TLS = new(TLSInfo)
	}
	return info.TLS
}

// learnClient keeps what a ClientHello tells.
func (f *Flow) learnClient(h *clientHello, s *handshake) {
	t := f.tlsInfo()
	t.JA4 = h.ja4(s.letter)
	t.JA4AsNDPI4 = h.ja4AsNDPI4(t.JA4)
	t.JA4Listed = f.checkFingerprint(RiskMaliciousFingerprint, "JA4", t.JA4) ||
		f.checkFingerprint(RiskMaliciousFingerprint, "JA4 as nDPI 4 writes it", t.JA4AsNDPI4)
	t.Version = h.best()
	t.ClientVersions = versionList(h.versions)
	t.ALPN = alpnList(h.alpn)
	if len(h.sni) > 0 {
		f.SetServerName(h.sni)
		f.checkHostName(f.Info().ServerName)
	}
	f.nameByALPN(h.alpn)
	f.clientRisks(h, s)
}

// learnSSLv2 keeps the version that an SSL 2.0 hello offers.
func (f *Flow) learnSSLv2(b []byte) {
	t := f.tlsInfo()
	t.Version = be16(b, 3)
	if obsoleteTLS(t.Version) {
		f.Risk(RiskTLSObsolete, "the client offers at best "+t.VersionName())
	}
}

// learnServer keeps what a ServerHello chose, and JA3S: MD5 over version, cipher
// and extensions. It reports whether the message was one.
func (f *Flow) learnServer(b []byte) bool {
	if len(b) < 38 || len(b) < 38+int(b[34]) {
		return false
	}
	t := f.tlsInfo()
	t.Version = be16(b, 0)
	at := 35 + int(b[34]) // behind version, random and session id
	t.Cipher = be16(b, at)
	text := make([]byte, 0, 64)
	text = strconv.AppendUint(text, uint64(t.Version), 10)
	text = append(text, ',')
	text = strconv.AppendUint(text, uint64(t.Cipher), 10)
	comma := byte(',')
	eachExtension(b, at+3, func(kind uint16, value []byte) {
		text = strconv.AppendUint(append(text, comma), uint64(kind), 10)
		comma = '-'
		switch {
		case kind == extSupportedVersions && len(value) == 2:
			t.Version = be16(value, 0)
		case kind == extALPN && len(value) > 3:
			t.ALPN = alpnList(value[2:])
		}
	})
	if comma == ',' {
		text = append(text, ',')
	}
	sum := md5.Sum(text) //nolint:gosec // see the import
	t.JA3S = hex.EncodeToString(sum[:])
	f.checkFingerprint(RiskMaliciousFingerprint, "JA3S", t.JA3S)
	f.serverRisks(t)
	return true
}

// sealed reports a version whose certificates are encrypted.
func (t *TLSInfo) sealed() bool {
	v := t.Version
	return v == versionTLS13 || v == versionDTLS13 || v>>8 == draftTLS13 || v>>8 == fizzTLS13
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
		if !isGreaseName(name) {
			names = append(names, printableText(name))
		}
		return len(names) < 16
	})
	return strings.Join(names, ",")
}

// nameByALPN names applications that have their own protocol over TLS.
func (f *Flow) nameByALPN(list []byte) {
	alpnNames(list, func(name []byte) bool {
		switch text := string(name); {
		case text == "dot", text == "doq", strings.HasPrefix(text, "doq-"):
			f.SetApp("DoH_DoT")
		case strings.HasPrefix(text, "anydesk/"):
			f.nameAnyDesk()
		default:
			return true
		}
		return false
	})
}
