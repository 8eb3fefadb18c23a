package dpi

// Control systems over TCP.

// dissectModbus finds the Modbus/TCP header (Modbus messaging on TCP/IP, section 3.1.3).
func dissectModbus(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 {
		return More
	}
	size, function := int(be16(b, 4)), b[7]&0x7f
	if be16(b, 2) != 0 || size < 2 || size > 254 || function == 0 || function > 0x2b && function != 0x5a {
		return No
	}
	if f.HasPort(502) {
		return Yes
	}
	if 6+size != len(b) || f.Packets[0] == 0 || f.Packets[1] == 0 || f.Packets[0]+f.Packets[1] < 4 {
		if 6+size > len(b) || f.Packets[f.Dir] == 1 && 6+size != len(b) {
			return No
		}
		return More
	}
	return Yes
}

// dissectDNP3 finds the data-link header (IEEE 1815, section 9.2): 0x0564 and a length.
func dissectDNP3(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0x05 {
		return No
	}
	if len(b) < 10 {
		return More
	}
	if b[1] != 0x64 || b[2] < 5 || b[3]&0x0f > 15 {
		return No
	}
	return Yes
}

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

// dissectS7Comm finds Siemens S7 PDUs: protocol id 0x32 behind COTP.
func dissectS7Comm(f *Flow) Verdict { return siemens(f, 0x32) }

// dissectS7CommPlus finds the newer protocol, id 0x72.
func dissectS7CommPlus(f *Flow) Verdict { return siemens(f, 0x72) }

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

// dissectIEC104 finds APDUs of IEC 60870-5-104 (section 5): start 0x68, length, control
// field.
func dissectIEC104(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0x68 {
		return No
	}
	if len(b) < 6 {
		return More
	}
	size := int(b[1])
	if size < 4 || size > 253 || 2+size > len(b) && f.Packets[f.Dir] > 1 {
		return No
	}
	switch b[2] & 3 {
	case 1: // supervisory: no sequence number of its own
		if size == 4 && b[2] == 1 && b[3] == 0 && (f.HasPort(2404) || f.Packets[f.Dir] > 1) {
			return Yes
		}
	case 3: // unnumbered: one of start, stop, test
		if size == 4 && b[3] == 0 && b[4] == 0 && b[5] == 0 {
			return Yes
		}
	default: // information: type and cause
		if size >= 10 && f.HasPort(2404) {
			return Yes
		}
	}
	return No
}

// dissectDLMS finds COSEM over TCP or UDP by its wrapper, or HDLC frames (IEC 62056-46
// and 62056-47).
func dissectDLMS(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 {
		if f.carrier == overTCP && (b[0] == 0 || b[0] == 0x7e) {
			return More
		}
		return No
	}
	last := b[len(b)-1]
	if b[0] == 0x7e && b[1]&0xf0 == 0xa0 && last == 0x7e && int(be16(b, 1)&0x7ff)+2 == len(b) {
		return Yes
	}
	if be16(b, 0) == 1 && int(be16(b, 6))+8 == f.PayloadLen && dlmsTag(at8(b, 8)) && (f.HasPort(4059) || be16(b, 2) <= 0x100 && be16(b, 4) <= 0x100 && f.Packets[0]+f.Packets[1] > 1) {
		return Yes
	}
	return No
}

func dlmsTag(tag uint8) bool {
	return tag >= 0x60 && tag <= 0x63 || tag >= 0xc0 && tag <= 0xdd || tag == 1 || tag == 5 || tag == 6 || tag == 8 || tag == 0x0c || tag == 0x0d
}

// dissectOPCUA finds the connection protocol's messages (OPC 10000-6, section 7.1.2).
func dissectOPCUA(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 {
		return More
	}
	for _, kind := range [...]string{"HELF", "ACKF", "ERRF", "RHEF", "OPNF", "MSGF", "CLOF"} {
		if hasPrefix(b, kind) && le32(b, 4) >= 8 && le32(b, 4) < 1<<24 {
			return Yes
		}
	}
	return No
}

// dissectATG finds tank-gauge commands (Veeder-Root): SOH and a function code, or their
// bare form.
func dissectATG(f *Flow) Verdict {
	b := f.Payload
	if b[0] == 1 {
		b = b[1:]
	}
	if !f.HasPort(10001) || len(b) < 6 {
		return No
	}
	if (b[0] == 'I' || b[0] == 'S' || b[0] == 'i' || b[0] == 's') && alphanumeric(b[1:6]) {
		return Yes
	}
	return No
}

func alphanumeric(b []byte) bool {
	for _, c := range b {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// dissectADS finds Beckhoff's AMS/TCP header: zero, length, and net ids behind it.
func dissectADS(f *Flow) Verdict {
	b := f.Payload
	if be16(b, 0) != 0 {
		return No
	}
	if len(b) < 38 {
		if f.HasPort(48898) {
			return More
		}
		return No
	}
	size, command, flags := le32(b, 2), le16(b, 22), le16(b, 24)
	if size < 32 || size > 1<<20 || command > 9 || flags&^0x01ff != 0 || le32(b, 26)+32 != size {
		return No
	}
	return Yes
}

// dissectC1222 finds application PDUs of ANSI C12.22: an ACSE envelope with a called
// title.
func dissectC1222(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(1153) || b[0] != 0x60 {
		return No
	}
	_, body, size, ok := berHeader(b, 0)
	if !ok || size < 8 || at8(b, body) != 0xa2 && at8(b, body) != 0xa4 && at8(b, body) != 0xa6 && at8(b, body) != 0xa1 {
		return No
	}
	return Yes
}

// dissectC37118 finds synchrophasor frames (IEEE C37.118.2, section 6.2).
func dissectC37118(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0xaa {
		return No
	}
	if len(b) < 16 {
		if f.carrier == overTCP {
			return More
		}
		return No
	}
	size, kind, version := int(be16(b, 2)), b[1]>>4, b[1]&0x0f
	if kind > 5 || b[1]&0x80 != 0 || version < 1 || version > 3 || size < 16 || f.carrier == overUDP && size != f.PayloadLen {
		return No
	}
	return Yes
}

// dissectGEFanuc finds GE SRTP: the initialisation of all zeros but the first bytes, on
// its port.
func dissectGEFanuc(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(18245) || len(b) < 56 {
		return No
	}
	if b[0] > 3 {
		return No
	}
	return Yes
}

// dissectHARTIP finds HART-IP version 1 messages on their port.
func dissectHARTIP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5094) || len(b) < 8 || b[0] != 1 || b[1] > 2 || b[2] > 4 && b[2] != 3 || int(be16(b, 6)) < 8 {
		return No
	}
	return Yes
}

// dissectDICOM finds an association request or answer (DICOM PS3.8, section 9.3).
func dissectDICOM(f *Flow) Verdict {
	b := f.Payload
	if b[0] < 1 || b[0] > 3 || len(b) > 1 && b[1] != 0 {
		return No
	}
	if len(b) < 42 {
		return More
	}
	if size := be32(b, 2); b[0] == 3 || size < 68 || size > 1<<16 || be16(b, 6)&1 == 0 || be16(b, 8) != 0 || !printable(b[10:42]) {
		return No
	}
	return Yes
}
