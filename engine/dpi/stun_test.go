package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

const (
	stunBinding, stunBound, stunAllocate = 0x0001, 0x0101, 0x0003
	stunID                               = "\x5b\xda\x20\x65\x21\x9f\x41\x8e\x9b\x3e\x1a\x77"
)

// stunOf is a message with the cookie.
func stunOf(kind int, attributes ...string) string {
	return u16(kind) + u16(len(strings.Join(attributes, ""))) + "\x21\x12\xa4\x42" + stunID + strings.Join(attributes, "")
}

// attributeOf pads a value to words.
func attributeOf(kind int, value string) string {
	return u16(kind) + vec16(value) + strings.Repeat("\x00", -len(value)&3)
}

func TestSTUN(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	bound := attributeOf(0x0020, "\x00\x01\xe2\x42\xe1\x12\xa6\x43")
	ice := stunOf(stunBinding, attributeOf(0x0006, "abcd:efgh"), attributeOf(0x0024, "\x6e\x7f\x1e\xff"), attributeOf(0x8029, strings.Repeat("\x11", 8)),
		attributeOf(0x0008, strings.Repeat("\x5a", 20)), attributeOf(0x8028, "\x12\x34\x56\x78"))
	classic := "\x00\x01\x00\x08" + "\x99\x88\x77\x66" + stunID + attributeOf(0x0003, "\x00\x00\x00\x00")
	framed := func(message string) string { return vec16(message) }
	checkConversations(t, []conversation{
		{"binding and answer", udp, 3478, []msg{client(stunOf(stunBinding)), server(stunOf(stunBound, bound))}, "STUN"},
		{"connectivity check of ICE", udp, 40000, []msg{client(ice)}, "STUN"},
		{"classic binding", udp, 3478, []msg{client(classic)}, "STUN"},
		{"classic binding on another port", udp, 40000, []msg{client(classic)}, "STUN"},
		{"allocation over TCP", tcp, 3478, []msg{client(stunOf(stunAllocate, attributeOf(0x0019, "\x11\x00\x00\x00")))}, "STUN"},
		{"check over TCP, framed", tcp, 40000, []msg{client(framed(ice))}, "STUN"},
		{"check over TCP in two segments", tcp, 40000, []msg{client(ice[:30]), client(ice[30:])}, "STUN"},
		{"classic binding of unassigned attributes", udp, 40000, []msg{client("\x00\x01\x00\x08" + "\x99\x88\x77\x66" + stunID + attributeOf(0x0044, "\x00\x00\x00\x00"))}, "Unknown"},
		{"another cookie, another length", udp, 40000, []msg{client("\x00\x01\x00\x0c" + "\x21\x12\xa4\x43" + stunID + attributeOf(0x0003, "\x00\x00\x00\x00"))}, "Unknown"},
		{"unassigned method", udp, 40000, []msg{client(stunOf(0x0009|0x2000, attributeOf(0x0024, "\x6e\x7f\x1e\xff")))}, "Unknown"},
	})
}

// Attributes and names in them tell applications apart.
func TestSTUNApplications(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	allocate := func(attributes ...string) []msg { return []msg{client(stunOf(stunAllocate, attributes...))} }
	challenge := func(realm string) []msg {
		return []msg{server(stunOf(0x0113, attributeOf(0x0009, "\x00\x00\x04\x01Unauthorized"), attributeOf(0x0014, realm), attributeOf(0x0015, "nonce")))}
	}
	checkConversations(t, []conversation{
		{"realm of Signal", udp, 3478, challenge("turn.signal.org"), "STUN.SignalVoip"},
		{"realm of Facebook", udp, 3478, challenge("facebook"), "STUN.FacebookVoip"},
		{"Microsoft's version", udp, 3478, allocate(attributeOf(0x8008, "\x00\x00\x00\x06"), attributeOf(0x8070, "\x00\x00\x00\x03")), "STUN.Skype_TeamsCall"},
		{"Microsoft's software", udp, 3478, allocate(attributeOf(0x8022, "MSOC 1.0")), "STUN.Skype_TeamsCall"},
		{"Facebook's software", udp, 3478, allocate(attributeOf(0x8022, "HelloWorld")), "STUN.FacebookVoip"},
		{"WhatsApp's attributes", udp, 3478, allocate(attributeOf(0x4000, strings.Repeat("\x5a", 60)), attributeOf(0x4024, "\x01")), "STUN.WhatsAppCall"},
		{"integrity without a user", udp, 3478, []msg{client(stunOf(stunBinding, attributeOf(0x0008, strings.Repeat("\x5a", 20))))}, "STUN.WhatsAppCall"},
		{"text of Zoom's clients", udp, 3478, []msg{client("\x00\x01\x00\x18" + "\x18\xfc\xa5\xc2" + stunID + attributeOf(0x0101, "12345678901234567890"))}, "STUN.Zoom"},
		{"somebody's software", udp, 3478, allocate(attributeOf(0x8022, "example 1.0")), "STUN"},
	})
	_, r := talk(t, newTestRegistry(t, ""), udp, 3478, challenge("turn.signal.org")...)
	require.NotNil(t, r.Info)
	assert.Equal(t, "turn.signal.org", r.Info.ServerName)
}

// RFC 7983: DTLS and media come on the same ports.
func TestSTUNShares(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	none := ""
	body := helloBody(versionDTLS12, &none)
	hello := dtlsHandshake(fragmentOf(messageClientHello, 0, body, 0, len(body)))
	whatsApp := client(stunOf(stunBinding, attributeOf(0x4002, "\x00\x00")))
	media := func(n byte) msg {
		return server("\x80\x78\x00" + string([]byte{n}) + "\x00\x00\x03\xc0\x11\x22\x33\x44" + strings.Repeat("\x5a", 40))
	}
	binding, reg := client(stunOf(stunBinding)), newTestRegistry(t, "")
	for want, msgs := range map[string][]msg{
		"STUN":              {binding, client("\x40\x00\x00\x04data")}, // TURN's channel
		"DTLS":              {binding, client(hello)},
		"DTLS.WhatsAppCall": {whatsApp, client(hello)},
		"STUN.RTP":          {binding, media(1), media(2)},
		"SRTP.WhatsAppCall": {whatsApp, media(1), media(2)},
	} {
		got, _ := talk(t, reg, udp, 40000, msgs...)
		assert.Equal(t, want, got)
	}
}
