package dpi

import "bytes"

// dissectJSONRPC finds a JSON-RPC 2.0 object, or several of them, on a bare stream (jsonrpc.org). What a cut
// one still has in it may say that a miner is speaking.
func dissectJSONRPC(f *Flow) Verdict {
	b := f.Payload
	if b[0] != '{' && b[0] != '[' {
		return No
	}
	head := b[:min(len(b), 1024)]
	last := b[len(b)-1]
	whole := last == '}' || last == '\n' || last == ']' || len(b) > 512
	switch {
	case stratum(head):
		return No
	case jsonrpcVersion(head) && whole:
		return Yes
	case printable(head) && !whole:
		return More
	default:
		return No
	}
}

// jsonrpcVersion reports the member that says the version, also where it is spaced out.
func jsonrpcVersion(head []byte) bool {
	_, rest, ok := bytes.Cut(head, []byte(`"jsonrpc"`))
	return ok && bytes.HasPrefix(bytes.TrimLeft(rest, " "), []byte{':'})
}
