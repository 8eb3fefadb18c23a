package dpi

// rxState keeps the epoch that a client began its calls with.
type rxState struct {
	epoch uint32
	dir   Direction
}

// dissectRX finds AFS's remote procedure calls (E. Zayas, "AFS-3 Programmer's Reference:
// Specification for the Rx Remote Procedure Call Facility", section 5.2): headers that fit,
// on AFS's ports, or of both sides in one epoch.
func dissectRX(f *Flow) Verdict {
	const firstPort, lastPort = 7000, 7032
	b := f.Payload
	if !rxHeader(b) {
		return No
	}
	if f.CliPort >= firstPort && f.CliPort <= lastPort || f.SrvPort >= firstPort && f.SrvPort <= lastPort {
		return Yes
	}
	epoch := be32(b, 0)
	s, known := f.State().(*rxState)
	switch {
	case !known:
		f.SetState(&rxState{epoch, f.Dir})
		return More
	case s.epoch != epoch:
		return No
	case s.dir != f.Dir:
		return Yes
	default:
		return More
	}
}

// rxHeader reports epoch, call, sequence and serial numbers, type, flags, security and
// service within their usual ranges.
func rxHeader(b []byte) bool {
	const header, maxType, maxSecurity, maxService = 28, 13, 4, 2000
	const maxCall, maxNumber = 1 << 20, 1 << 16
	if len(b) < header || be32(b, 0) == 0 || be32(b, 8) > maxCall || be32(b, 12) > maxNumber || be32(b, 16) > maxNumber {
		return false
	}
	return b[20] > 0 && b[20] <= maxType && b[21]&^0x3f == 0 && b[23] <= maxSecurity && be16(b, 26) <= maxService
}
