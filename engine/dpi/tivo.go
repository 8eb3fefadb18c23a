package dpi

import "bytes"

// dissectTiVo finds TiVo's machine discovery (TiVo, "TiVoConnect Automatic Machine
// Discovery Protocol Specification", revision 1.5.1): lines of name=value, over TCP with
// their length in front.
func dissectTiVo(f *Flow) Verdict {
	const start = "TiVoConnect="
	b := f.Payload
	if f.carrier == overTCP && b[0] == 0 {
		if len(b) < 4 {
			return More
		}
		b = b[4:]
	}
	if v := prefixVerdict(b, start); v != Yes {
		return v
	}
	at := bytes.Index(b, []byte("\nmachine="))
	if at < 0 {
		return YesMore
	}
	name, whole := firstLine(b[at+9:])
	if f.carrier == overTCP && !whole {
		return YesMore
	}
	f.SetServerName(name)
	return Yes
}
