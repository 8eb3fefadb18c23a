package dpi

import "bytes"

// dissectClickHouse finds the native protocol of ClickHouse (its documentation, "Native
// Protocol"): both sides say hello with packet 0 and a name. That of the server is always
// the product's, a client library may have one of its own; a refusal is packet 2.
func dissectClickHouse(f *Flow) Verdict {
	const hello, exception, maxName = 0, 2, 64
	b := f.Payload
	switch {
	case b[0] == exception && f.Dir == FromServer && f.Stream(FromClient) != nil:
		return clickHouseRefusal(b)
	case b[0] != hello || len(b) > 1 && (b[1] == 0 || b[1] > maxName):
		return No
	case len(b) < 2 || len(b) < 2+int(b[1]):
		return More
	}
	name := b[2 : 2+int(b[1])]
	switch {
	case !printable(name):
		return No
	case hasPrefix(bytes.ToLower(name), "clickhouse"):
		return Yes
	case f.Dir == FromServer:
		return No
	default:
		return More // the server's hello tells
	}
}

// clickHouseRefusal judges a server's answer to a hello: a code and the exception's name.
func clickHouseRefusal(b []byte) Verdict {
	const header = 5
	if len(b) < header {
		return More
	}
	return prefixVerdict(b[header:], "\x0dDB::Exception")
}
