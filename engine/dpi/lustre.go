package dpi

// Lustre's networking over sockets, as the constants of its public headers have it
// (lustre.org, lnet/socklnd.h and lnet/lnet-idl.h).

// dissectLustre finds the magics that open a connection, and messages of one under way.
func dissectLustre(f *Flow) Verdict {
	const socket, older, acceptor = 0x45726963, 0xeebc0ded, 0xacce7100
	b := f.Payload
	if len(b) < 4 {
		return More
	}
	switch m := le32(b, 0); {
	case m == socket, m == older, m == acceptor:
		return Yes
	case be32(b, 0) == older, be32(b, 0) == acceptor, f.HasPort(988) && lustreMessage(b):
		return Yes
	}
	return No
}

// lustreMessage reports a message between nodes of a TCP network: its type and checksum,
// two cookies, both nodes' ids, and the process that all of them are.
func lustreMessage(b []byte) bool {
	const message, tcpNet, process = 0xc1, 2 << 16, 12345
	return le32(b, 0) == message && le32(b, 28)&^0xffff == tcpNet && le32(b, 36)&^0xffff == tcpNet && le32(b, 40)&0xffff == process
}
