package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// recall asks the cache for the name of a TCP flow to the server.
func recall(t *testing.T, c *Cache, r Result, srv string, port uint16, last int64) (string, Confidence) {
	t.Helper()
	ends := Ends{CliAddr: addrOf(t, "192.0.2.1"), SrvAddr: addrOf(t, srv), CliPort: 50000, SrvPort: port}
	c.Recall(&r, &ends, packet.ProtoTCP, last)
	return r.Name(), r.Confidence
}

func TestCacheNamesByAddress(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	guessed := Result{Master: reg.mustID("TLS"), Confidence: ByPort, Done: true}
	c := NewCache(reg)
	c.Learn(&Learned{Addr: addrOf(t, "192.0.2.8"), Name: "www.netflix.com", Time: 100})
	c.Learn(&Learned{Addr: addrOf(t, "192.0.2.9"), Name: "nobody.example", Time: 100})
	for name, tt := range map[string]struct {
		r    Result
		srv  string
		last int64
		want string
		by   Confidence
	}{
		"guessed by port":      {guessed, "192.0.2.8", 200, "TLS.NetFlix", ByCache},
		"not even guessed":     {Result{}, "192.0.2.8", 200, "NetFlix", ByCache},
		"guessed by address":   {Result{Master: reg.mustID("AmazonAWS"), Confidence: ByAddress}, "192.0.2.8", 200, "NetFlix", ByCache},
		"over before the name": {Result{}, "192.0.2.8", 99, "", NoConfidence},
		"no application's":     {Result{}, "192.0.2.9", 200, "", NoConfidence},
		"another address":      {Result{}, "192.0.2.7", 200, "", NoConfidence},
		"read in its packets":  {Result{Master: reg.mustID("SSH"), Confidence: ByDPI}, "192.0.2.8", 200, "", ByDPI},
	} {
		got, by := recall(t, c, tt.r, tt.srv, 443, tt.last)
		assert.Equal(t, tt.want, got, name)
		assert.Equal(t, tt.by, by, name)
	}
}

func TestCacheNamesByServer(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	c := NewCache(reg)
	served := func(srv string, port uint16, master, app string, first int64) {
		r := &Result{Master: reg.mustID(master), App: reg.mustID(app), Confidence: ByDPI}
		c.Served(r, &Ends{SrvAddr: addrOf(t, srv), SrvPort: port}, packet.ProtoTCP, first)
	}
	served("192.0.2.8", 2222, "SSH", "Unknown", 50)
	served("192.0.2.8", 443, "TLS", "NetFlix", 50)
	served("192.0.2.8", 443, "TLS", "Google", 60)
	served("192.0.2.8", 80, "HTTP", "Unknown", 50)
	served("192.0.2.8", 80, "SSH", "Unknown", 60)
	for name, tt := range map[string]struct {
		port uint16
		last int64
		want string
	}{
		"found before":         {2222, 100, "SSH"},
		"found later":          {2222, 49, ""},
		"several applications": {443, 100, "TLS"},
		"several protocols":    {80, 100, ""},
		"another port":         {23, 100, ""},
	} {
		got, _ := recall(t, c, Result{}, "192.0.2.8", tt.port, tt.last)
		assert.Equal(t, tt.want, got, name)
	}
}

// Names told in any order give the same: the host's own, else the latest.
func TestCacheOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	words := []Learned{
		{Name: "b.example", Time: 5}, {Name: "a.example", Time: 5}, {Name: "old.example", Time: 1}, {Name: "self", Own: true, Time: 2},
	}
	for shift := range words {
		own, others := NewCache(newTestRegistry(t, "")), NewCache(newTestRegistry(t, ""))
		for i := range words {
			w := &words[(i+shift)%len(words)]
			own.Learn(w)
			if !w.Own {
				others.Learn(w)
			}
		}
		got, ok := own.NameOf(packet.Addr{})
		require.True(t, ok)
		assert.Equal(t, "self", got.Name)
		got, _ = others.NameOf(packet.Addr{})
		assert.Equal(t, "a.example", got.Name)
	}
}

// However many addresses there are, the cache keeps two generations.
func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	c := NewCache(newTestRegistry(t, ""))
	for n := range uint32(5 * cacheSize) {
		c.Learn(&Learned{Addr: packet.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)}), Name: "x.example"})
		c.Turn()
	}
	assert.LessOrEqual(t, len(c.names.young)+len(c.names.old), 2*cacheSize)
	_, ok := c.NameOf(packet.AddrFrom4([4]byte{10, 0, 0, 0}))
	assert.False(t, ok, "the first of all")
}

func TestNamesAreLearned(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	dns := "\x12\x34\x81\x80\x00\x01\x00\x02\x00\x00\x00\x00\x03www\x07example\x03com\x00\x00\x01\x00\x01" +
		"\xc0\x0c\x00\x05\x00\x01\x00\x00\x00\x3c\x00\x06\x03cdn\xc0\x10\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\xc6\x33\x64\x07"
	mdns := "\x00\x00\x84\x00\x00\x00\x00\x01\x00\x00\x00\x00\x07printer\x05local\x00\x00\x01\x80\x01\x00\x00\x00\x78\x00\x04\xc0\x00\x02\x21"
	for name, tt := range map[string]struct {
		port uint16
		data string
		want Learned
	}{
		"DNS":  {53, dns, Learned{Addr: addrOf(t, "198.51.100.7"), Name: "www.example.com", Time: testTime}},
		"mDNS": {5353, mdns, Learned{Addr: addrOf(t, "192.0.2.33"), Name: "printer.local", Own: true, Time: testTime}},
	} {
		d := NewDetector(reg, 1)
		ends := Ends{CliAddr: addrOf(t, "192.0.2.1"), SrvAddr: addrOf(t, "192.0.2.2"), CliPort: tt.port, SrvPort: tt.port}
		for n := range tt.data { // cut anywhere, it is no worse than unknown
			d.Packet(new(Result), &packet.Packet{Time: testTime, Proto: packet.ProtoUDP, Payload: []byte(tt.data[:n]), PayloadLen: uint32(n)}, FromClient, &ends) //nolint:gosec // short
		}
		assert.Empty(t, d.Learned(nil), name)
		d.Packet(new(Result), &packet.Packet{Time: testTime, Proto: packet.ProtoUDP, Payload: []byte(tt.data), PayloadLen: uint32(len(tt.data))}, FromClient, &ends)
		assert.Equal(t, []Learned{tt.want}, d.Learned(nil), name)
	}
}
