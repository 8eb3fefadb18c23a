package dpi

import "hash/crc32"

// dissectNRPE finds packets of Nagios' remote plugin executor (NRPE protocol, versions 2
// to 4): version, query or response, checksum of all, result, text. Where the port does
// not tell, the checksum does.
func dissectNRPE(f *Flow) Verdict {
	const header, longest = 10, 2048
	b := f.Payload
	switch {
	case b[0] != 0 || len(b) > 1 && (b[1] < 2 || b[1] > 4):
		return No
	case len(b) < header:
		return More
	case be16(b, 2) < 1 || be16(b, 2) > 2:
		return No
	case f.HasPort(5666) || nrpeChecksum(b):
		return Yes
	case len(b) > longest:
		return No
	default:
		return More
	}
}

// nrpeChecksum compares the CRC-32 of what has come, without the checksum itself.
func nrpeChecksum(b []byte) bool {
	var none [4]byte
	sum := crc32.ChecksumIEEE(b[:4])
	sum = crc32.Update(sum, crc32.IEEETable, none[:])
	return crc32.Update(sum, crc32.IEEETable, b[8:]) == be32(b, 4)
}
