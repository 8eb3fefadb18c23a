package dpi

// dissectRPC finds ONC RPC (RFC 5531, section 9; over TCP with record marks, section 11)
// for the programs of NFS (RFC 1813): NFS, mount, portmap, lock and status.
func dissectRPC(f *Flow) Verdict {
	const message = 24
	b, few := f.Payload, No
	if f.carrier == overTCP {
		if b[0] != 0x80 { // the last fragment, below 16 MiB
			return No
		}
		if few = More; len(b) < 4 {
			return few
		}
		if be32(b, 0)&^(1<<31) < message {
			return No
		}
		b = b[4:]
	}
	if len(b) < message {
		return few
	}
	if nfsCall(b) || f.HasPort(2049) && rpcReply(b) {
		return Yes
	}
	return No
}

// nfsCall reports a call of RPC version 2 with a program, its version and a procedure.
func nfsCall(b []byte) bool {
	const call, version, newest = 0, 2, 16
	return be32(b, 4) == call && be32(b, 8) == version && nfsProgram(be32(b, 12)) && be32(b, 16) < newest
}

func nfsProgram(n uint32) bool {
	const portmap, nfs, mount, lock, status, acl = 100000, 100003, 100005, 100021, 100024, 100227
	return n == portmap || n == nfs || n == mount || n == lock || n == status || n == acl
}

// rpcReply reports an answer, accepted or denied, with a flavor of authentication.
func rpcReply(b []byte) bool {
	const reply, denied, lastFlavor = 1, 1, 6
	return be32(b, 4) == reply && be32(b, 8) <= denied && be32(b, 12) <= lastFlavor
}
