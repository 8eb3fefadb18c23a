package dpi

import "bytes"

// dissectJSONRPC finds a JSON-RPC object on a bare stream.
func dissectJSONRPC(f *Flow) Verdict {
	b := f.Payload
	if b[0] != '{' {
		return No
	}
	head := b[:min(len(b), 1024)]
	if bytes.Contains(head, []byte(`"jsonrpc":`)) && !stratum(head) {
		return Yes
	}
	if len(b) < 32 && printable(b) {
		return More
	}
	return No
}
