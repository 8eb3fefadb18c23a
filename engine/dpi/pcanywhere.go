package dpi

import "bytes"

// dissectPCAnywhere finds the queries for names and status that pcAnywhere's clients send
// around, the hosts' answers, and the greeting of a host, each on its port.
func dissectPCAnywhere(f *Flow) Verdict {
	const leastAnswer, longestGreeting = 20, 64
	b := f.Payload
	if f.carrier == overUDP {
		query := f.PayloadLen == 2 && (string(b) == "NQ" || string(b) == "ST")
		return yesIf(f.HasPort(5632) && (query || len(b) >= leastAnswer && hasPrefix(b, "NR") && printable(b[2:leastAnswer-4])))
	}
	greeting := f.Stream(FromServer)
	switch {
	case !f.HasPort(5631) || len(greeting) > longestGreeting:
		return No
	case bytes.Contains(greeting, []byte("Please press <Enter>")):
		return Yes
	default:
		return More
	}
}
