package dpi

// RTP and RTCP: RFC 3550, sections 5.1 and 6; SRTP (RFC 3711) has the same headers. They
// have no signature: several packets must agree.

const rtpHeader = 12

type rtpState struct {
	ssrc   [2]uint32
	seq    [2]uint16
	good   [2]int
	seen   [2]bool
	stamps [2]uint32
}

// rtpLike reports a plausible RTP header: version 2 and a payload type that is static or
// dynamic and not one of RTCP's.
func rtpLike(b []byte) bool {
	if len(b) < rtpHeader || b[0]>>6 != 2 {
		return false
	}
	kind := b[1] & 0x7f
	return kind <= 34 || kind >= 96
}

// rtcpLike reports a plausible RTCP header: version 2, a known packet type, and a length
// that fits.
func rtcpLike(b []byte) bool {
	if len(b) < 8 || b[0]>>6 != 2 || b[1] < 192 || b[1] > 213 {
		return false
	}
	return (int(be16(b, 2))+1)*4 <= len(b)
}

// dissectRTP asks for packets of one source with rising sequence numbers.
func dissectRTP(f *Flow) Verdict {
	b := f.Payload
	if f.Packets[0]+f.Packets[1] == 1 && (f.SrvPort < 1024 || f.CliPort < 1024) && f.SrvPort != 443 && f.SrvPort != 80 {
		return No
	}
	if !rtpLike(b) {
		if rtcpLike(b) && f.Packets[0]+f.Packets[1] < 8 {
			return More
		}
		return No
	}
	s, _ := f.State().(*rtpState)
	if s == nil {
		s = new(rtpState)
		f.SetState(s)
	}
	if !s.next(f.Dir, b) {
		return No
	}
	const enough = 3
	if s.good[f.Dir] < enough {
		return More
	}
	f.Info().RTPCodec = rtpCodec(b[1] & 0x7f)
	return Yes
}

// next takes in one packet; false when it does not continue its source.
func (s *rtpState) next(d Direction, b []byte) bool {
	seq, stamp, ssrc := be16(b, 2), be32(b, 4), be32(b, 8)
	if ssrc == 0 {
		return false
	}
	step := seq - s.seq[d]
	if s.seen[d] && ssrc == s.ssrc[d] && (step > 64 || step == 0 && stamp != s.stamps[d]) {
		return step > 0xffc0 // reordered a little
	}
	if s.seen[d] && ssrc == s.ssrc[d] {
		s.good[d]++
	} else {
		s.good[d] = 1
	}
	s.seen[d], s.ssrc[d], s.seq[d], s.stamps[d] = true, ssrc, seq, stamp
	return true
}

// rtpCodec names the static payload types (RFC 3551, table 4 and 5).
func rtpCodec(kind uint8) string {
	switch kind {
	case 0:
		return "PCMU"
	case 3:
		return "GSM"
	case 4:
		return "G723"
	case 8:
		return "PCMA"
	case 9:
		return "G722"
	case 13:
		return "CN"
	case 18:
		return "G729"
	case 26:
		return "JPEG"
	case 31:
		return "H261"
	case 33:
		return "MP2T"
	case 34:
		return "H263"
	default:
		return ""
	}
}

// dissectRTCP finds compound packets that begin with a sender or receiver report and
// whose lengths add up.
func dissectRTCP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 || b[1] != 200 && b[1] != 201 || !rtcpLike(b) {
		return No
	}
	at, parts := 0, 0
	for at+4 <= len(b) && parts < 8 && rtcpLike(b[at:]) {
		at += (int(be16(b, at+2)) + 1) * 4
		parts++
	}
	if at != f.PayloadLen {
		return No
	}
	if parts > 1 || f.Packets[f.Dir] > 1 {
		return Yes
	}
	return More
}
