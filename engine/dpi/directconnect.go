package dpi

// dissectDirectConnect finds NeoModus Direct Connect (the NMDC project's description,
// nmdc.sourceforge.io, "$Lock" and "$MyNick") and the handshake of Advanced Direct Connect
// with a hub or a client (adc.sourceforge.io, "SUP").
func dissectDirectConnect(f *Flow) Verdict {
	for _, start := range [...]string{"$Lock ", "$MyNick ", "HSUP AD", "CSUP AD"} {
		if v := prefixVerdict(f.Payload, start); v != No {
			return v
		}
	}
	return No
}
