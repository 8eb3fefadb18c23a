package dpi

import "bytes"

// dissectJSONRPC finds a JSON-RPC 2.0 object on a bare stream (jsonrpc.org). What a cut
// one still has in it may say that a miner is speaking.
func dissectJSONRPC(f *Flow) Verdict {
	b := f.Payload
	if b[0] != '{' {
		return No
	}
	head := b[:min(len(b), 1024)]
	last := b[len(b)-1]
	whole := last == '}' || last == '\n' || last == ']' || len(b) > 512
	switch {
	case stratum(head):
		return No
	case bytes.Contains(head, []byte(`"jsonrpc":`)) && whole:
		return Yes
	case printable(head) && !whole:
		return More
	default:
		return No
	}
}
