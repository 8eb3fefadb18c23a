package dpi

import "bytes"

// dissectDirectConnect finds NeoModus Direct Connect (the NMDC project's description,
// nmdc.sourceforge.io, "$Lock", "$MyNick" and over UDP "$SR") and the handshake of Advanced
// Direct Connect with a hub or a client (adc.sourceforge.io, "SUP").
func dissectDirectConnect(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP { // what was found, and at which hub
		if hasPrefix(b, "$SR ") && bytes.HasSuffix(b, []byte(")|")) && bytes.IndexByte(b, 5) > 0 {
			return Yes
		}
		return No
	}
	for _, start := range [...]string{"$Lock ", "$MyNick ", "HSUP AD", "CSUP AD"} {
		if v := prefixVerdict(b, start); v != No {
			return v
		}
	}
	return No
}
