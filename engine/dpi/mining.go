package dpi

import "bytes"

// dissectStratum finds the JSON lines of mining pools.
func dissectStratum(f *Flow) Verdict {
	b := f.Payload
	if b[0] != '{' {
		return No
	}
	if stratum(b[:min(len(b), 1024)]) {
		return Yes
	}
	if len(b) < 32 && printable(b) {
		return More
	}
	return No
}

// stratum reports a method or a member that only mining has.
func stratum(head []byte) bool {
	for _, word := range [...]string{`"mining.`, `"eth_submitLogin"`, `"eth_getWork"`, `"eth_submitWork"`, `"job_id"`, `"method":"login"`, `"method": "login"`, `"agent":"xmrig`} {
		if bytes.Contains(head, []byte(word)) {
			return true
		}
	}
	return false
}
