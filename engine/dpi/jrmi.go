package dpi

// dissectJRMI finds the header of a Java RMI stream (Java Remote Method Invocation
// specification, section 10.2): magic, version and one of three protocols. Of a stream under
// way it knows calls and their returns, which go with the header of Java's serialization,
// and at the registry what acknowledges the protocol.
func dissectJRMI(f *Flow) Verdict {
	const newest, stream, multiplex, ack = 2, 0x4b, 0x4d, 0x4e
	b := f.Payload
	switch v := prefixVerdict(b, "JRMI"); {
	case v == More:
		return More
	case v == No && b[0] == ack:
		return jrmiAck(f)
	case v == No:
		return jrmiCall(b)
	case len(b) < 7:
		return More
	case be16(b, 4) > newest || b[6] < stream || b[6] > multiplex:
		return No
	}
	return Yes
}

func jrmiCall(b []byte) Verdict {
	const call, returned, serialized = 0x50, 0x51, "\xac\xed\x00\x05"
	if b[0] != call && b[0] != returned {
		return No
	}
	if len(b) == 1 {
		return More
	}
	return prefixVerdict(b[1:], serialized)
}

// jrmiAck judges what a server says first: the client's name and port as it sees them.
func jrmiAck(f *Flow) Verdict {
	b := f.Payload
	end := 3 + int(be16(b, 1))
	switch {
	case !f.HasPort(1099) || f.Dir != FromServer:
		return No
	case len(b) < 3 || len(b) < end+4:
		return More
	case len(b) == end+4 && end > 3 && printable(b[3:end]) && be16(b, end) == 0:
		return Yes
	default:
		return No
	}
}
