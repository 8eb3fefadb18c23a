package dpi

import "math/bits"

// Risk is one thing that makes a flow worth a look, from nDPI's catalogue.
type Risk uint8

// Risks, in nDPI's order of bits.
const (
	NoRisk Risk = iota
	RiskXSS
	RiskSQLInjection
	RiskRCE
	RiskBinaryAppTransfer
	RiskNonStandardPort
	RiskTLSSelfSigned
	RiskTLSObsolete
	RiskTLSWeakCipher
	RiskTLSCertExpired
	RiskTLSCertMismatch
	RiskHTTPUserAgent
	RiskNumericHost
	RiskHTTPURL
	RiskHTTPHeader
	RiskTLSNotHTTPS
	RiskDGA
	RiskMalformed
	RiskSSHClientObsolete
	RiskSSHServerObsolete
	RiskSMBInsecure
	RiskTLSSuspESNI
	RiskUnsafeProtocol
	RiskDNSTraffic
	RiskMissingSNI
	RiskHTTPContent
	RiskRiskyASN
	RiskRiskyDomain
	RiskMaliciousFingerprint
	RiskMaliciousCert
	RiskDesktopSharing
	RiskTLSUncommonALPN
	RiskTLSCertTooLong
	RiskTLSSuspExtension
	RiskTLSFatalAlert
	RiskEntropy
	RiskClearTextCredentials
	RiskDNSLargePacket
	RiskDNSFragmented
	RiskInvalidChars
	RiskPossibleExploit
	RiskTLSCertAboutToExpire
	RiskPunycode
	RiskErrorCode
	RiskCrawler
	RiskAnonymousSubscriber
	RiskUnidirectional
	RiskHTTPObsoleteServer
	RiskPeriodicFlow
	RiskMinorIssues
	RiskTCPIssues
	RiskFullyEncrypted
	RiskALPNMismatch
	RiskMalwareHost
	RiskBinaryTransfer
	RiskProbing
	RiskObfuscated
	NumRisks
)

type riskInfo struct {
	name  string
	score uint16
}

// Scores follow nDPI's severities: low 10, medium 50, high 100, severe 150, critical 200, emergency 250.
var riskTable = [NumRisks]riskInfo{
	RiskXSS:                  {"XSS Attack", 250},
	RiskSQLInjection:         {"SQL Injection", 250},
	RiskRCE:                  {"RCE Injection", 250},
	RiskBinaryAppTransfer:    {"Binary App Transfer", 150},
	RiskNonStandardPort:      {"Known Proto on Non Std Port", 50},
	RiskTLSSelfSigned:        {"Self-signed Cert", 100},
	RiskTLSObsolete:          {"Obsolete TLS (v1.1 or older)", 100},
	RiskTLSWeakCipher:        {"Weak TLS Cipher", 100},
	RiskTLSCertExpired:       {"TLS Cert Expired", 100},
	RiskTLSCertMismatch:      {"TLS Cert Mismatch", 100},
	RiskHTTPUserAgent:        {"HTTP Susp User-Agent", 100},
	RiskNumericHost:          {"HTTP/TLS/QUIC Numeric Hostname/SNI", 10},
	RiskHTTPURL:              {"HTTP Susp URL", 100},
	RiskHTTPHeader:           {"HTTP Susp Header", 100},
	RiskTLSNotHTTPS:          {"TLS (probably) Not Carrying HTTPS", 10},
	RiskDGA:                  {"Susp DGA Domain name", 100},
	RiskMalformed:            {"Malformed Packet", 10},
	RiskSSHClientObsolete:    {"SSH Obsolete Cli Vers/Cipher", 100},
	RiskSSHServerObsolete:    {"SSH Obsolete Ser Vers/Cipher", 50},
	RiskSMBInsecure:          {"SMB Insecure Vers", 100},
	RiskTLSSuspESNI:          {"TLS Susp ESNI Usage", 50},
	RiskUnsafeProtocol:       {"Unsafe Protocol", 10},
	RiskDNSTraffic:           {"Susp DNS Traffic", 100},
	RiskMissingSNI:           {"Missing SNI TLS Extn", 50},
	RiskHTTPContent:          {"HTTP Susp Content", 100},
	RiskRiskyASN:             {"Risky ASN", 50},
	RiskRiskyDomain:          {"Risky Domain Name", 50},
	RiskMaliciousFingerprint: {"Malicious Fingerpint", 150},
	RiskMaliciousCert:        {"Malicious SSL Cert/SHA1 Fingerp.", 150},
	RiskDesktopSharing:       {"Desktop/File Sharing", 10},
	RiskTLSUncommonALPN:      {"Uncommon TLS ALPN", 50},
	RiskTLSCertTooLong:       {"TLS Cert Validity Too Long", 50},
	RiskTLSSuspExtension:     {"TLS Susp Extn", 100},
	RiskTLSFatalAlert:        {"TLS Fatal Alert", 10},
	RiskEntropy:              {"Susp Entropy", 10},
	RiskClearTextCredentials: {"Clear-Text Credentials", 100},
	RiskDNSLargePacket:       {"Large DNS Packet (512+ bytes)", 50},
	RiskDNSFragmented:        {"Fragmented DNS Message", 50},
	RiskInvalidChars:         {"Non-Printable/Invalid Chars Detected", 100},
	RiskPossibleExploit:      {"Possible Exploit Attempt", 150},
	RiskTLSCertAboutToExpire: {"TLS Cert About To Expire", 50},
	RiskPunycode:             {"IDN Domain Name", 10},
	RiskErrorCode:            {"Error Code", 10},
	RiskCrawler:              {"Crawler/Bot", 10},
	RiskAnonymousSubscriber:  {"Anonymous Subscriber", 50},
	RiskUnidirectional:       {"Unidirectional Traffic", 10},
	RiskHTTPObsoleteServer:   {"HTTP Obsolete Server", 50},
	RiskPeriodicFlow:         {"Periodic Flow", 10},
	RiskMinorIssues:          {"Minor Issues", 10},
	RiskTCPIssues:            {"TCP Connection Issues", 50},
	RiskFullyEncrypted:       {"Fully Encrypted Flow", 50},
	RiskALPNMismatch:         {"ALPN/SNI Mismatch", 50},
	RiskMalwareHost:          {"Client Contacted A Malware Host", 250},
	RiskBinaryTransfer:       {"Binary File/Data Transfer (Attempt)", 50},
	RiskProbing:              {"Probing Attempt", 50},
	RiskObfuscated:           {"Obfuscated Traffic", 100},
}

// String returns nDPI's name of the risk ("Weak TLS Cipher").
func (r Risk) String() string { return riskTable[r].name }

// Score returns what the risk adds to a flow's score, 0 to 250.
func (r Risk) Score() uint16 { return riskTable[r].score }

// RiskSet is a set of risks, one bit each.
type RiskSet uint64

// Has reports whether r is in the set.
func (s RiskSet) Has(r Risk) bool { return s>>r&1 != 0 }

// With returns the set with r added.
func (s RiskSet) With(r Risk) RiskSet { return s | 1<<r }

// Without returns the set with r taken out.
func (s RiskSet) Without(r Risk) RiskSet { return s &^ (1 << r) }

// Score returns the sum of the scores of the set.
func (s RiskSet) Score() uint16 {
	var sum uint16
	for rest := uint64(s); rest != 0; rest &= rest - 1 {
		sum += Risk(bits.TrailingZeros64(rest)).Score() //nolint:gosec // below 64
	}
	return sum
}

// Names lists the names of the set in the order of the bits.
func (s RiskSet) Names() []string {
	names := make([]string, 0, bits.OnesCount64(uint64(s)))
	for rest := uint64(s); rest != 0; rest &= rest - 1 {
		names = append(names, Risk(bits.TrailingZeros64(rest)).String()) //nolint:gosec // below 64
	}
	return names
}
