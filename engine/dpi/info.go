package dpi

import "slices"

// Info is what a flow said of itself. It exists only for flows that said
// something; the parts are nil for other protocols.
type Info struct {
	// ServerName is the name the client asked for (SNI, HTTP Host, DNS query), or
	// the name a host gives itself (DHCP, NetBIOS, mDNS), lower case, without port.
	ServerName string
	// UserAgent is the client software (HTTP, QUIC, SIP ...).
	UserAgent string
	// User is a login name seen in clear text; a password is never kept.
	User string
	TLS  *TLSInfo
	HTTP *HTTPInfo
	DNS  *DNSInfo
	SSH  *SSHInfo
	DHCP *DHCPInfo
	SIP  *SIPInfo
	// QUICVersion is the wire version of the first Initial, 0 when not QUIC.
	QUICVersion uint32
	// BitTorrentHash is the torrent's info-hash in hex.
	BitTorrentHash string
	// RTPCodec is the payload type's usual name ("PCMU", "opus").
	RTPCodec string
	// Reasons says why a risk was raised, in the order found; at most MaxReasons.
	Reasons []RiskReason
}

// clone returns a copy that shares nothing which dissectors change.
func (i *Info) clone() *Info {
	c := *i
	c.TLS, c.HTTP, c.DNS, c.SSH, c.DHCP, c.SIP = copied(i.TLS), copied(i.HTTP), copied(i.DNS), copied(i.SSH), copied(i.DHCP), copied(i.SIP)
	c.Reasons = slices.Clone(i.Reasons)
	return &c
}

func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}

// MaxReasons bounds the reason texts kept for a flow.
const MaxReasons = 8

// RiskReason is the evidence for one risk.
type RiskReason struct {
	Risk Risk
	Text string
}

// TLSInfo is read from the plain part of a TLS, DTLS or QUIC handshake.
type TLSInfo struct {
	// Version and Cipher are what the server chose, or the client's best offer
	// while the server was not seen (wire values, RFC 8446).
	Version, Cipher uint16
	// ALPN is what the server chose, else the client's list, comma-separated.
	ALPN string
	// ClientVersions lists the client's supported_versions, comma-separated.
	ClientVersions string
	JA3S, JA4      string
	// JA4AsNDPI4 is the JA4 as nDPI before 5.0 wrote it, empty where that is the same.
	JA4AsNDPI4 string
	// JA4Listed: a blacklist has the JA4, in either form.
	JA4Listed bool
	// Certificate of the server, empty for TLS 1.3 where it is encrypted.
	Subject, Issuer string
	SANs            []string
	// NotBefore and NotAfter are seconds since the Unix epoch.
	NotBefore, NotAfter int64
	SHA1, SHA256        string
}

// HTTPInfo is read from the first request and its response.
type HTTPInfo struct {
	Method, URL, Server, ContentType string
	// Status is the response's code, 0 while unseen.
	Status uint16
}

// DNSInfo is read from the first query and its response.
type DNSInfo struct {
	Query string
	// QueryType is the type's number (1 A, 28 AAAA ...).
	QueryType uint16
	// RCode is valid when Answered.
	RCode    uint8
	Answered bool
	// Answers holds addresses and names of the answer section, at most 16.
	Answers []string
}

// SSHInfo is read from the banners and KEXINIT messages.
type SSHInfo struct {
	ClientBanner, ServerBanner string
	// ClientHASSH and ServerHASSH are MD5 fingerprints of the algorithm lists.
	ClientHASSH, ServerHASSH string
}

// DHCPInfo is read from a client's options.
type DHCPInfo struct {
	HostName string
	// Fingerprint is the parameter request list (option 55) in hex.
	Fingerprint string
	// Vendor is the vendor class (option 60).
	Vendor string
}

// SIPInfo is read from the request line's headers.
type SIPInfo struct{ From, To string }
