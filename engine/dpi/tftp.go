package dpi

import "bytes"

// dissectTFTP finds the Trivial File Transfer Protocol (RFC 1350, options RFC
// 2347): requests on port 69, and the transfer on the ports that follow, where
// block numbers must go up in both directions.
func dissectTFTP(f *Flow) Verdict {
	const read, write, data, ack, failed, oack = 1, 2, 3, 4, 5, 6
	b := f.Payload
	if len(b) < 4 || b[0] != 0 {
		return No
	}
	switch b[1] {
	case read, write:
		if tftpRequest(b[2:]) {
			return Yes
		}
	case data:
		return tftpBlock(f, be16(b, 2), f.PayloadLen <= 516)
	case ack:
		return tftpBlock(f, be16(b, 2), f.PayloadLen == 4)
	case failed:
		if len(b) > 5 && b[2] == 0 && b[3] <= 8 && b[len(b)-1] == 0 && printable(b[4:len(b)-1]) {
			return Yes
		}
	case oack:
		if bytes.Contains(b, []byte("blksize\x00")) || bytes.Contains(b, []byte("tsize\x00")) {
			return Yes
		}
	}
	return No
}

// tftpRequest reports a file name and a transfer mode.
func tftpRequest(b []byte) bool {
	name, rest, ok := bytes.Cut(b, []byte{0})
	if !ok || len(name) == 0 || !printable(name) {
		return false
	}
	mode, _, ok := bytes.Cut(rest, []byte{0})
	return ok && (bytes.EqualFold(mode, []byte("octet")) || bytes.EqualFold(mode, []byte("netascii")) || bytes.EqualFold(mode, []byte("mail")))
}

type tftpState struct {
	block  uint16
	dir    Direction
	agreed int
}

// tftpBlock asks for a data block and its acknowledgement, twice.
func tftpBlock(f *Flow, block uint16, sizeFits bool) Verdict {
	if !sizeFits {
		return No
	}
	last, _ := f.State().(*tftpState)
	if last == nil {
		if block > 1 {
			return No
		}
		f.SetState(&tftpState{block, f.Dir, 0})
		return More
	}
	if last.dir == f.Dir {
		if block == last.block { // sent again
			return More
		}
		return No
	}
	if block != last.block && block != last.block+1 {
		return No
	}
	last.block, last.dir, last.agreed = block, f.Dir, last.agreed+1
	if last.agreed < 2 {
		return More
	}
	return Yes
}
