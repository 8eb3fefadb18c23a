package dpi

import "bytes"

// dissectSMPP finds the header of SMPP 3.3 to 5.0 (section 3.2): length, command id,
// status and sequence number.
func dissectSMPP(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0 {
		return No
	}
	if len(b) < 16 {
		return More
	}
	size, command, status, sequence := int(be32(b, 0)), be32(b, 4), be32(b, 8), be32(b, 12)
	id := command &^ 0x80000000
	known := id == 0 || id >= 1 && id <= 11 || id == 0x15 || id == 0x21 || id == 0x102 || id == 0x103 || id >= 0x111 && id <= 0x113
	request := command == id
	if !known || size < 16 || size > 1<<16 || request && status != 0 || status > 0x4ff || sequence == 0 || size > len(b)+1460 {
		return No
	}
	return smppBody(b, id, size, request)
}

// smppBody checks lengths that are fixed and the text that a bind begins with.
func smppBody(b []byte, id uint32, size int, request bool) Verdict {
	const enquire, unbind, receiver, transmitter, transceiver = 0x15, 6, 1, 2, 9
	switch id {
	case enquire, unbind:
		if size == 16 {
			return Yes
		}
		return No
	case receiver, transmitter, transceiver:
		name, _, found := bytes.Cut(b[16:min(len(b), 16+17)], []byte{0})
		if found && printable(name) {
			return Yes
		}
		return No
	}
	if request && size < 20 && id != 0 {
		return No
	}
	return Yes
}
