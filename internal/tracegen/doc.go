// Package tracegen makes captures for tests, benchmarks and the demo, because
// captures of other people's networks must not be shipped.
//
// It works in two layers. An [Exchange] is a conversation: who sent which bytes
// in which order. [HTTP1], [HTTP2], [HTTP3], [TLS], [WebSocket], [SSH], [SMTP]
// and [DNS] run real client and server libraries against each other in memory
// and record them; the smaller protocols ([FTP], [NTP], [SNMP], ...) are scripted
// after their RFCs. A [Flow] then puts an Exchange between two endpoints, and a
// [Trace] turns flows into frames with handshakes, acknowledgements, checksums,
// and whatever the [Path] adds: VLANs, tunnels, fragments, duplicates.
//
//	tr := tracegen.New(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
//	tr.Add(tracegen.TCP{
//		Client:   tracegen.At("192.168.1.20:49152"),
//		Server:   tracegen.At("203.0.113.10:80"),
//		Exchange: tracegen.HTTP1(tracegen.Request{Host: "www.example.com", Path: "/"}),
//		Path:     tracegen.Path{VLANs: []uint16{10}, Tunnels: []tracegen.Tunnel{tracegen.VXLAN(42)}},
//	})
//	frames, err := tr.Frames()
//
// The same seed gives the same number of frames, addresses, ports and times.
// Keys and random values inside TLS, SSH and QUIC differ from run to run.
// Whole networks have names; see [Scenarios].
package tracegen
