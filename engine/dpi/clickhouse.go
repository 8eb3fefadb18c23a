package dpi

import "bytes"

// dissectClickHouse finds the native protocol of ClickHouse (its documentation, "Native
// Protocol"): both sides say hello with packet 0 and a name.
func dissectClickHouse(f *Flow) Verdict {
	const product, maxName = "clickhouse", 64
	b := f.Payload
	if b[0] != 0 || len(b) > 1 && (int(b[1]) < len(product) || b[1] > maxName) {
		return No
	}
	if len(b) < 2+len(product) {
		return More
	}
	if name := bytes.ToLower(b[2:min(len(b), 2+int(b[1]))]); !hasPrefix(name, product) {
		return No
	}
	return Yes
}
