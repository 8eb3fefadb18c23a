package dpi

import "bytes"

// Google QUIC, versions Q024 to Q050 ("QUIC Wire Layout Specification", 2016): a public
// header with an optional version, and a handshake of tagged values in the clear.

// googleQUIC finds the public header of versions before Q046: flags, an 8-byte
// connection id, a version.
func googleQUIC(f *Flow, b []byte) Verdict {
	const hasVersion, hasID = 0x01, 0x08
	if len(b) < 14 || b[0]&hasVersion == 0 || b[0]&hasID == 0 || b[9] != 'Q' || b[10] != '0' || !decimal(b[11:13]) {
		return No
	}
	f.Info().QUICVersion = be32(b, 9)
	if !googleHello(f, b) {
		f.Partial()
	}
	return Yes
}

// googleHello reads server name and user agent from a CHLO message: a count, then tags
// with the end offsets of their values.
func googleHello(f *Flow, b []byte) bool {
	at := bytes.Index(b, []byte("CHLO"))
	if at < 0 {
		return false
	}
	count := int(le16(b, at+4))
	tags := at + 8
	values := tags + count*8
	if count == 0 || count > 64 || values > len(b) {
		return false
	}
	start := 0
	for i := range count {
		tag, end := b[tags+i*8:tags+i*8+4], int(le32(b, tags+i*8+4))
		if end < start || values+end > len(b) {
			break
		}
		value := b[values+start : values+end]
		switch string(tag) {
		case "SNI\x00":
			f.SetServerName(value)
			f.checkHostName(f.Info().ServerName)
		case "UAID":
			f.Info().UserAgent = printableText(value)
		}
		start = end
	}
	if f.Info().ServerName == "" {
		f.Risk(RiskMissingSNI, "the client names no server")
		if f.Info().QUICVersion == quicQ046 { // nobody else leaves the name out
			f.SetApp("SnapchatCall")
		}
	}
	return true
}
