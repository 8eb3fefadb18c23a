package dpi

import "bytes"

// dissectTiVo finds TiVo's machine discovery: lines of name=value.
func dissectTiVo(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "TiVoConnect="); v != Yes {
		return v
	}
	if at := bytes.Index(b, []byte("\nmachine=")); at >= 0 {
		name, _ := firstLine(b[at+9:])
		f.SetServerName(name)
	}
	return Yes
}
