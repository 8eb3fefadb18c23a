package dpi

// dissectRPCH finds a server of remote procedure calls over HTTP that is spoken to without
// a proxy: before all else it names itself (MS-RPCH, section 2.1.2.2.1). What proxies carry
// is HTTP, and named there.
func dissectRPCH(f *Flow) Verdict {
	return prefixVerdict(f.Payload, "ncacn_http/1.0")
}
