package dpi

import "bytes"

// dissectStratum finds the JSON lines of mining pools.
func dissectStratum(f *Flow) Verdict {
	b := f.Payload
	if b[0] != '{' {
		return No
	}
	head := b[:min(len(b), 1024)]
	for _, word := range [...]string{`"mining.`, `"eth_submitLogin"`, `"eth_getWork"`, `"eth_submitWork"`, `"job_id"`, `"method":"login"`, `"method": "login"`, `"agent":"xmrig`} {
		if bytes.Contains(head, []byte(word)) {
			return Yes
		}
	}
	if len(b) < 32 && printable(b) {
		return More
	}
	return No
}
