package lua

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/packet"
)

// talk is a behavioural check as users write them: a condition on a host, and an
// alert.
const talk = `
if host.is_local() and host.bytes_sent() > 1000 then
   host.triggerAlert(100, "this host sends too much")
end
return(0)
`

func manyHosts(n int, alerting func(i int) bool) []*host.Host {
	hosts := make([]*host.Host, n)
	for i := range hosts {
		hosts[i] = &host.Host{Addr: packet.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}), Local: true, BytesSent: 500}
		if alerting(i) {
			hosts[i].BytesSent = 5000
		}
	}
	return hosts
}

// A run without an alert allocates nothing.
func TestQuietRunAllocatesNothing(t *testing.T) {
	r := runner(t, talk)
	hosts := slices.Values(manyHosts(1000, func(int) bool { return false }))
	r.Hosts(hosts, now)
	allocs := testing.AllocsPerRun(10, func() { r.Hosts(hosts, now) })
	require.Less(t, allocs, 100.0, "for 1000 hosts")
}

// BenchmarkHost is one run of the check on one host, scheduling included, of 100,000
// hosts.
func BenchmarkHost(b *testing.B) {
	for name, alerting := range map[string]func(int) bool{
		"quiet": func(int) bool { return false },
		"half":  func(i int) bool { return i%2 == 0 },
	} {
		b.Run(name, func(b *testing.B) {
			const n = 100_000
			r := runner(b, talk)
			hosts := slices.Values(manyHosts(n, alerting))
			r.Hosts(hosts, now)
			b.ReportAllocs()
			b.ResetTimer()
			for i := 0; i < b.N; i += n {
				r.Hosts(hosts, now+int64(i))
			}
		})
	}
}
