package dpi

// TLS records: RFC 8446, section 5.1. SSL 2.0 hello: RFC 5246, appendix E.2.

const (
	recordChangeCipher = 20
	recordAlert        = 21
	recordHandshake    = 22
	recordData         = 23

	maxRecord    = 16384 + 2048
	recordHeader = 5

	maxTLSPackets = MaxPackets / 2
)

// tlsRecord reads one record header and reports whether it can be one.
func tlsRecord(b []byte) (kind byte, size int, ok bool) {
	if len(b) < recordHeader {
		return 0, 0, false
	}
	kind, size = b[0], int(be16(b, 3))
	return kind, size, kind >= recordChangeCipher && kind <= recordData && b[1] == 3 && b[2] <= 4 && size > 0 && size <= maxRecord
}

// dissectTLS finds TLS by its records, and reads hellos and certificates.
func dissectTLS(f *Flow) Verdict {
	s, _ := f.State().(*handshake)
	if s == nil {
		if v := tlsStart(f.Payload, f.StartSeen); v != Yes {
			return v
		}
		s = &handshake{letter: 't'}
		f.SetState(s)
		tlsMaster(f)
	}
	return s.streams(f, f.Stream(FromClient), f.Stream(FromServer))
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
	if len(b) <= recordHeader {
		return More
	}
	kind, size, ok := tlsRecord(b)
	first := b[recordHeader]
	switch {
	case !ok:
		return No
	case kind == recordHandshake && (first == messageClientHello || first == messageServerHello || !startSeen):
		return Yes
	case kind == recordAlert && size == 2 && (first == alertWarning || first == alertFatal), kind == recordChangeCipher && size == 1 && first == 1:
		return Yes
	case kind == recordData:
		return tlsSecond(b, recordHeader+size)
	default:
		return No
	}
}

// tlsSecond looks for the record behind the first one, which ends at end.
func tlsSecond(b []byte, end int) Verdict {
	if len(b) < end {
		return More
	}
	if len(b) == end {
		return Yes
	}
	if _, _, ok := tlsRecord(b[end:]); ok {
		return Yes
	}
	if len(b) < end+recordHeader {
		return More
	}
	return No
}

// sslV2 reports the hello of SSL 2.0 clients, those that can do more included.
func sslV2(b []byte) bool {
	if len(b) < 11 || b[0]&0x80 == 0 || b[2] != messageClientHello || int(be16(b, 0)&0x7fff)+2 != len(b) {
		return false
	}
	ciphers := be16(b, 5)
	return (be16(b, 3) == versionSSL2 || b[3] == 3 && b[4] <= 3) && ciphers > 0 && ciphers%3 == 0
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
	case 990:
		f.SetMaster("FTPS")
	case 853:
		f.SetApp("DoH_DoT")
	}
}

// streams reads what both directions of a TCP flow show so far, from their first
// TLS record.
func (s *handshake) streams(f *Flow, client, server []byte) Verdict {
	if sslV2(client) && !s.client {
		s.client = true
		f.learnSSLv2(client)
	}
	clientOver := s.records(f, FromClient, client)
	serverOver := s.records(f, FromServer, server)
	switch {
	case s.complete(len(client) > 0), clientOver && serverOver, f.Packets[0]+f.Packets[1] >= maxTLSPackets:
		return Yes
	default:
		return YesMore
	}
}

// records reads the plain records at the start of a stream, and reports whether it
// has reached what is encrypted.
func (s *handshake) records(f *Flow, dir Direction, b []byte) (over bool) {
	var joined []byte
	for n := 0; n < 32; n++ {
		kind, size, ok := tlsRecord(b)
		if !ok {
			return len(b) >= recordHeader
		}
		whole := recordHeader+size <= len(b)
		body := b[recordHeader:min(len(b), recordHeader+size)]
		switch kind {
		case recordHandshake:
			if joined != nil {
				body = append(joined, body...)
			}
			joined = s.messages(f, dir, body)
		case recordAlert:
			alertRisk(f, body)
		default:
			return true
		}
		if !whole {
			return false
		}
		b = b[recordHeader+size:]
	}
	return true
}

// messages reads the whole messages in b and returns the rest, nil for none; appending
// to it copies.
func (s *handshake) messages(f *Flow, dir Direction, b []byte) []byte {
	for len(b) >= messageHeader {
		size := messageHeader + int(be32(b, 0)&0xffffff)
		if size > len(b) {
			break
		}
		s.message(f, dir, b[0], b[messageHeader:size])
		b = b[size:]
	}
	if len(b) == 0 {
		return nil
	}
	return b[:len(b):len(b)]
}

// startTLS reads the TLS part of streams that began in clear text and were switched
// over: s belongs to the dissector that saw the switch.
func startTLS(f *Flow, s *handshake, client, server []byte) Verdict {
	return s.streams(f, fromTLSRecord(client), fromTLSRecord(server))
}

// fromTLSRecord returns a line-oriented stream from its first TLS record on.
func fromTLSRecord(b []byte) []byte {
	for len(b) > 0 {
		if b[0] == recordHandshake && (len(b) < 2 || b[1] == 3) {
			return b
		}
		line, whole := firstLine(b)
		if !whole {
			return nil
		}
		b = b[len(line):]
		for len(b) > 0 && (b[0] == '\r' || b[0] == '\n') {
			b = b[1:]
		}
	}
	return nil
}
