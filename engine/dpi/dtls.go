package dpi

// DTLS: RFC 6347 (1.2), RFC 9147 (1.3). A record has an epoch and a sequence number
// behind the version, a handshake message its own sequence and fragment fields.

const (
	dtlsRecordHeader  = 13
	dtlsMessageHeader = 12
)

type dtlsState struct {
	parts          [2][]byte // fragments of the current message, in order
	client, server bool
	certificate    bool
}

// dissectDTLS finds DTLS by record header and content.
func dissectDTLS(f *Flow) Verdict {
	b := f.Payload
	s, _ := f.State().(*dtlsState)
	if !dtlsRecord(b) {
		if s == nil {
			return No
		}
		return YesMore
	}
	if s == nil {
		s = new(dtlsState)
		f.SetState(s)
		f.Info().TLS = new(TLSInfo)
	}
	s.records(f, b)
	if s.client && s.certificate || b[0] == recordData {
		f.concludeTLS(s.client)
		return Yes
	}
	return YesMore
}

func dtlsRecord(b []byte) bool {
	if len(b) < dtlsRecordHeader || b[0] < recordChangeCipher || b[0] > recordData+3 || b[1] != 0xfe && be16(b, 1) != 0x0100 {
		return false
	}
	return (b[2] == 0xff || b[2] == 0xfd || b[2] == 0xfc || be16(b, 1) == 0x0100) && int(be16(b, 11)) > 0 && int(be16(b, 11)) <= maxRecord
}

// records walks the records of a datagram.
func (s *dtlsState) records(f *Flow, b []byte) {
	for n := 0; n < 8 && dtlsRecord(b); n++ {
		size := int(be16(b, 11))
		body := b[dtlsRecordHeader:min(len(b), dtlsRecordHeader+size)]
		if b[0] == recordHandshake && be16(b, 3) == 0 {
			s.messages(f, body)
		}
		b = b[min(len(b), dtlsRecordHeader+size):]
	}
}

// messages joins fragments that come in order; others are given up.
func (s *dtlsState) messages(f *Flow, b []byte) {
	for n := 0; n < 8 && len(b) >= dtlsMessageHeader; n++ {
		total, offset, size := int(be32(b, 0)&0xffffff), int(be32(b, 5)>>8), int(be32(b, 8)&0xffffff)
		end := dtlsMessageHeader + size
		if end > len(b) || offset+size > total {
			return
		}
		part := b[dtlsMessageHeader:end]
		if size < total {
			part = s.join(f, offset, part)
		}
		if len(part) == total {
			s.message(f, b[0], part)
			s.parts[f.Dir] = nil
		}
		b = b[end:]
	}
}

func (s *dtlsState) join(f *Flow, offset int, part []byte) []byte {
	have := s.parts[f.Dir]
	if offset != len(have) || !f.Reserve(len(part)) {
		return have
	}
	s.parts[f.Dir] = append(have, part...)
	return s.parts[f.Dir]
}

func (s *dtlsState) message(f *Flow, kind byte, body []byte) {
	switch kind {
	case messageClientHello:
		if h, ok := parseClientHello(body, true); ok {
			s.client = true
			f.learnClient(&h, 'd')
		}
	case messageServerHello:
		s.server = true
		f.learnServer(body)
	case messageCertificate:
		s.certificate = true
		f.learnCertificates(body, 3)
	case messageServerDone:
		s.certificate = true
	}
}
