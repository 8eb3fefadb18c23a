package dpi

// tpktCOTP returns what follows a TPKT and COTP header (RFC 1006, X.224).
func tpktCOTP(b []byte) (kind uint8, rest []byte, verdict Verdict) {
	if b[0] != 3 || len(b) > 1 && b[1] != 0 {
		return 0, nil, No
	}
	if len(b) < 7 {
		return 0, nil, More
	}
	size := int(be16(b, 2))
	if size < 7 || int(b[4])+5 > size {
		return 0, nil, No
	}
	return b[5], b[min(len(b), 5+int(b[4])):], Yes
}

const (
	cotpData    = 0xf0
	cotpRequest = 0xe0
	cotpConfirm = 0xd0
)

func siemens(f *Flow, protocol byte) Verdict {
	if !f.HasPort(102) {
		return No
	}
	kind, rest, v := tpktCOTP(f.Payload)
	switch {
	case v != Yes:
		return v
	case kind == cotpData && len(rest) > 0 && rest[0] == protocol:
		return Yes
	case kind == cotpRequest || kind == cotpConfirm:
		return siemensLater(f, protocol)
	default:
		return No
	}
}

// siemensLater looks behind the connection request in the streams of both sides.
func siemensLater(f *Flow, protocol byte) Verdict {
	for _, d := range [...]Direction{FromClient, FromServer} {
		b := f.Stream(d)
		if len(b) < 4 {
			continue
		}
		next := b[min(len(b), int(be16(b, 2))):]
		if len(next) < 8 {
			continue
		}
		if _, rest, v := tpktCOTP(next); v == Yes && len(rest) > 0 {
			if rest[0] == protocol {
				return Yes
			}
			return No
		}
	}
	return More
}
