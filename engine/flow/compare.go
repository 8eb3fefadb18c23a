package flow

import (
	"bytes"
	"cmp"
)

// Compare orders records for output: by start, then by client, server, protocol
// and VLAN, so that the order says nothing about how they were worked on.
func Compare(a, b *Record) int {
	if c := cmp.Compare(a.FirstSeen(), b.FirstSeen()); c != 0 {
		return c
	}
	aCli, aCliPort := a.Client()
	bCli, bCliPort := b.Client()
	if c := cmp.Or(bytes.Compare(aCli[:], bCli[:]), cmp.Compare(aCliPort, bCliPort)); c != 0 {
		return c
	}
	aSrv, aSrvPort := a.Server()
	bSrv, bSrvPort := b.Server()
	return cmp.Or(
		bytes.Compare(aSrv[:], bSrv[:]), cmp.Compare(aSrvPort, bSrvPort),
		cmp.Compare(a.key.ends, b.key.ends), cmp.Compare(a.tunnel, b.tunnel),
		cmp.Compare(a.started, b.started), cmp.Compare(a.LastSeen(), b.LastSeen()),
	)
}
