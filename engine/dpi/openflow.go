package dpi

// dissectOpenFlow finds the messages of OpenFlow 1.0 to 1.5 on their ports, and on others
// the hello that begins (OpenFlow switch specification, sections 7.1 and 7.5.1).
func dissectOpenFlow(f *Flow) Verdict {
	const header, newest, last = 8, 6, 35
	b := f.Payload
	if b[0] < 1 || b[0] > newest {
		return No
	}
	if len(b) < header {
		if len(b) > 1 && b[1] > last {
			return No
		}
		return More
	}
	size := int(be16(b, 2))
	if b[1] > last || size < header {
		return No
	}
	known := f.HasPort(6653) || f.HasPort(6633)
	switch {
	case b[1] == 0:
		return openFlowHello(b, size, known)
	case known && size == len(b):
		return Yes
	default:
		return No
	}
}

// openFlowHello asks for what may follow the header: since 1.3 the versions as a bitmap.
func openFlowHello(b []byte, size int, known bool) Verdict {
	const header, longest, bitmap = 8, 64, 1
	switch {
	case size > longest:
		return No
	case len(b) < size:
		return More
	case size == header:
		if known || len(b) == size {
			return Yes
		}
	case be16(b, header) == bitmap && int(be16(b, header+2)) == size-header:
		return Yes
	}
	return No
}
