package dpi

// DTLS: RFC 6347 (1.2), RFC 9147 (1.3). A record has an epoch and a sequence number
// behind the version, a handshake message its own sequence and fragment fields.

const (
	dtlsRecordHeader  = 13
	dtlsMessageHeader = 12
	// maxDTLSMessage bounds the message that is put together from fragments.
	maxDTLSMessage = 8 << 10
)

type dtlsState struct {
	handshake
	flights [2]dtlsMessage
}

// dtlsMessage is the message of one direction that comes in fragments.
type dtlsMessage struct {
	kind     byte
	sequence uint16
	total    int
	parts    assembler
}

// dissectDTLS finds DTLS by record header and content.
func dissectDTLS(f *Flow) Verdict {
	s, _ := f.State().(*dtlsState)
	if s == nil {
		if !dtlsStart(f.Payload, f.PayloadLen) {
			return No
		}
		s = newDTLS()
		f.SetState(s)
	}
	return s.datagram(f, f.Payload)
}

func newDTLS() *dtlsState { return &dtlsState{handshake: handshake{letter: 'd'}} }

// datagram reads one datagram of a flow that is DTLS.
func (s *dtlsState) datagram(f *Flow, b []byte) Verdict {
	f.tlsInfo()
	sealed := s.records(f, b)
	if s.complete(f.Packets[s.clientDir] > 0) || sealed {
		return Yes
	}
	return YesMore
}

// dtlsRecord reads one record header and reports whether it can be one.
func dtlsRecord(b []byte) (kind byte, size int, ok bool) {
	if len(b) <= dtlsRecordHeader || b[0] < recordChangeCipher || b[0] > recordData {
		return 0, 0, false
	}
	switch be16(b, 1) {
	case versionDTLS10, versionDTLS12, versionDTLS13, versionDTLSBad:
		size = int(be16(b, 11))
		return b[0], size, size > 0 && size <= maxRecord
	default:
		return 0, 0, false
	}
}

// dtlsStart judges a flow's first datagram, of wire bytes: the records must fill it,
// and those in clear text must hold what their type says.
func dtlsStart(b []byte, wire int) bool {
	kind, size, ok := dtlsRecord(b)
	if !ok || dtlsRecordHeader+size > wire {
		return false
	}
	rest := b[min(len(b), dtlsRecordHeader+size):]
	if _, _, next := dtlsRecord(rest); len(rest) > 0 && !next {
		return false
	}
	if be16(b, 3) != 0 { // encrypted
		return kind != recordChangeCipher && be16(b, 1) != versionDTLSBad
	}
	switch kind {
	case recordHandshake:
		return len(b) >= dtlsRecordHeader+dtlsMessageHeader && b[dtlsRecordHeader] <= 24
	case recordAlert:
		return size == 2 && (b[13] == alertWarning || b[13] == alertFatal)
	case recordChangeCipher:
		return size <= 3 && b[13] == 1
	default:
		return false
	}
}

// records walks the records of a datagram and reports whether both sides have reached
// application data.
func (s *dtlsState) records(f *Flow, b []byte) (sealed bool) {
	for n := 0; n < 16; n++ {
		kind, size, ok := dtlsRecord(b)
		if !ok {
			break
		}
		body := b[dtlsRecordHeader:min(len(b), dtlsRecordHeader+size)]
		clear := be16(b, 3) == 0
		switch {
		case kind == recordHandshake && clear:
			s.fragments(f, body)
		case kind == recordAlert && clear:
			alertRisk(f, body)
		case kind == recordData:
			sealed = true
		}
		b = b[min(len(b), dtlsRecordHeader+size):]
	}
	return sealed
}

// fragments reads the messages of one record, or the parts of messages.
func (s *dtlsState) fragments(f *Flow, b []byte) {
	for n := 0; n < 16 && len(b) >= dtlsMessageHeader; n++ {
		total, offset, size := int(be32(b, 0)&0xffffff), int(be32(b, 5)&0xffffff), int(be32(b, 8)&0xffffff)
		end := dtlsMessageHeader + size
		if end > len(b) || offset+size > total {
			return
		}
		part := b[dtlsMessageHeader:end]
		if size == total {
			s.message(f, f.Dir, b[0], part)
		} else {
			s.fragment(f, b[0], be16(b, 4), total, offset, part)
		}
		b = b[end:]
	}
}

// fragment keeps one part, and reads the message once all are there. Parts of one
// message at a time are kept in each direction.
func (s *dtlsState) fragment(f *Flow, kind byte, sequence uint16, total, offset int, part []byte) {
	m := &s.flights[f.Dir]
	if m.kind != kind || m.sequence != sequence || m.total != total {
		m.parts.reset(f)
		m.kind, m.sequence, m.total = kind, sequence, total
	}
	m.parts.put(f, offset, part, min(total, maxDTLSMessage))
	if body := m.parts.contiguous(); len(body) == total {
		s.message(f, f.Dir, kind, body)
		m.parts.reset(f)
	}
}
