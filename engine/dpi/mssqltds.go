package dpi

// Types of TDS packets (MS-TDS, section 2.2.3.1.1; the Log-in of version 4 and 5 is Sybase's).
const (
	tdsBatch     = 0x01
	tdsLogin5    = 0x02
	tdsRPC       = 0x03
	tdsResponse  = 0x04
	tdsAttention = 0x06
	tdsBulk      = 0x07
	tdsManager   = 0x0e
	tdsLogin     = 0x10
	tdsPrelogin  = 0x12
)

// dissectTDS finds a pre-login or log-in packet (MS-TDS, section 2.2.3.1) on any port, and
// on the usual one whatever is a whole packet.
func dissectTDS(f *Flow) Verdict {
	const header = 8
	b := f.Payload
	if !tdsType(b[0]) {
		return No
	}
	if len(b) < header || len(b) == header && b[0] != tdsAttention {
		return More
	}
	size := int(be16(b, 2))
	if b[1]&^0x1f != 0 || size < header || size > 1<<15 || b[7] != 0 || f.Dir == FromServer && b[0] != tdsResponse {
		return No
	}
	switch b[0] {
	case tdsPrelogin: // first option VERSION at an offset within the packet
		if b[8] == 0 && int(be16(b, 9)) < size && be16(b, 11) == 6 {
			return Yes
		}
	case tdsLogin:
		if int(le32(b, 8)) == size-header {
			return Yes
		}
	case tdsLogin5:
		return tdsSybase(b, size)
	}
	if f.HasPort(1433) && size == len(b) {
		return Yes
	}
	return No
}

func tdsType(t uint8) bool {
	switch t {
	case tdsBatch, tdsLogin5, tdsRPC, tdsResponse, tdsAttention, tdsBulk, tdsManager, tdsLogin, tdsPrelogin:
		return true
	default:
		return false
	}
}

// tdsSybase judges the log-in of TDS 4 and 5 by its first fields: texts in 30 bytes, each
// with its length behind it (FreeTDS, "TDS protocol documentation", login packet).
func tdsSybase(b []byte, size int) Verdict {
	const header, field, texts, least = 8, 31, 3, 512
	if size < least {
		return No
	}
	if len(b) < header+texts*field {
		return More
	}
	for at := header; at < header+texts*field; at += field {
		n := int(b[at+field-1])
		if n >= field || !printable(b[at:at+n]) {
			return No
		}
		for _, c := range b[at+n : at+field-1] {
			if c != 0 {
				return No
			}
		}
	}
	return Yes
}
