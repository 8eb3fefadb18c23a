package dpi

// dissectElasticsearch finds the transport protocol between the nodes of a cluster
// (Elasticsearch reference, "Transport"; TcpHeader): "ES", length, request, status,
// version. The REST interface is HTTP.
func dissectElasticsearch(f *Flow) Verdict {
	const ping, header, maxSize, knownStatus = 0xffffffff, 19, 1 << 30, 0x0f
	b := f.Payload
	if v := prefixVerdict(b, "ES"); v != Yes {
		return v
	}
	switch size := be32(b, 2); {
	case len(b) < 6:
		return More
	case size == ping:
		return Yes
	case len(b) < header:
		return More
	case size < header-6 || size > maxSize || be32(b, 6) != 0 || b[14]&^knownStatus != 0 || be32(b, 15)>>24 > 1:
		return No
	default:
		return Yes
	}
}
