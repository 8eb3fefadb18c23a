package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// dtlsRecordOf is a record of epoch 0.
func dtlsRecordOf(kind byte, version int, body string) string {
	return string([]byte{kind}) + u16(version) + "\x00\x00\x00\x00\x00\x00\x00\x01" + vec16(body)
}

// fragmentOf is bytes from to to of a handshake message.
func fragmentOf(kind byte, sequence int, body string, from, to int) string {
	return string([]byte{kind}) + u24(len(body)) + u16(sequence) + u24(from) + vec24(body[from:to])
}

func dtlsHandshake(messages ...string) string {
	return dtlsRecordOf(recordHandshake, versionDTLS12, strings.Join(messages, ""))
}

func TestDTLSConversations(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	none := ""
	body := helloBody(versionDTLS12, &none, sniOf("host.example"), alpnOf("webrtc"))
	hello := dtlsHandshake(fragmentOf(messageClientHello, 0, body, 0, len(body)))
	checkConversations(t, []conversation{
		{"hello", udp, 4433, []msg{client(hello)}, "DTLS"},
		{"alert", udp, 4433, []msg{server(dtlsRecordOf(recordAlert, versionDTLS12, "\x02\x28"))}, "DTLS"},
		{"data under keys", udp, 4433, []msg{client("\x17\xfe\xfd\x00\x01\x00\x00\x00\x00\x00\x01" + vec16(strings.Repeat("x", 30)))}, "DTLS"},
		{"version 1.1", udp, 4433, []msg{client(strings.ReplaceAll(hello, "\xfe\xfd", "\xfe\xfe"))}, "Unknown"},
		{"no such message", udp, 4433, []msg{client(dtlsRecordOf(recordHandshake, versionDTLS12, "\x63"+strings.Repeat("x", 30)))}, "Unknown"},
		{"data in the clear", udp, 4433, []msg{client(dtlsRecordOf(recordData, versionDTLS12, "hello"))}, "Unknown"},
		{"longer than the datagram", udp, 4433, []msg{client(hello[:len(hello)-1])}, "Unknown"},
		{"noise behind", udp, 4433, []msg{client(hello + "noise noise noise")}, "Unknown"},
	})
}

// A cookie exchange, hello and certificate in fragments out of order.
func TestDTLSHandshake(t *testing.T) {
	t.Parallel()
	none, cookie := "", "biscuit"
	first := helloBody(versionDTLS12, &none, sniOf("host.example"))
	again := helloBody(versionDTLS12, &cookie, sniOf("host.example"))
	answer := serverHelloBody(versionDTLS12, 0x002f)
	chain := certificateMessage(certificateOf(t, ordinary("www.netflix.com")).Certificate[0])[messageHeader:]
	name, r := talk(t, newTestRegistry(t, ""), packet.ProtoUDP, 4433,
		client(dtlsHandshake(fragmentOf(messageClientHello, 0, first, 0, 20))), // its other half is lost
		server(dtlsHandshake(fragmentOf(3, 0, "\xfe\xff"+vec8(cookie), 0, 10))),
		client(dtlsHandshake(fragmentOf(messageClientHello, 1, again, 30, len(again)))),
		client(dtlsHandshake(fragmentOf(messageClientHello, 1, again, 0, 30))),
		server(dtlsHandshake(fragmentOf(messageServerHello, 1, answer, 0, len(answer)), fragmentOf(messageCertificate, 2, chain, 100, 300))),
		server(dtlsHandshake(fragmentOf(messageCertificate, 2, chain, 300, len(chain)))+dtlsHandshake(fragmentOf(messageCertificate, 2, chain, 0, 110))),
		server(dtlsHandshake(fragmentOf(messageServerDone, 3, "", 0, 0))),
	)
	assert.Equal(t, "DTLS.NetFlix", name)
	require.NotNil(t, r.Info.TLS)
	assert.Equal(t, "host.example", r.Info.ServerName)
	assert.Equal(t, "DTLSv1.2", r.Info.TLS.VersionName())
	assert.Equal(t, "dd2d0201", r.Info.TLS.JA4[:8])
	assert.NotEmpty(t, r.Info.TLS.JA3S)
	assert.Contains(t, r.Info.TLS.Subject, "CN=www.netflix.com")
	assert.True(t, r.Risks.Has(RiskTLSWeakCipher))
	assert.True(t, r.Done)
}

// Peers of WebRTC ask for no name and show certificates of their own making.
func TestDTLSOfPeers(t *testing.T) {
	t.Parallel()
	none := ""
	body := helloBody(versionDTLS12, &none)
	answer := serverHelloBody(versionDTLS12, 0xc02f)
	chain := certificateMessage(certificateOf(t, ordinary("WebRTC")).Certificate[0])[messageHeader:]
	handshake := []msg{
		client(dtlsHandshake(fragmentOf(messageClientHello, 0, body, 0, len(body)))),
		server(dtlsHandshake(fragmentOf(messageServerHello, 0, answer, 0, len(answer)), fragmentOf(messageCertificate, 1, chain, 0, len(chain)))),
	}
	stun := client("\x00\x01\x00\x00\x21\x12\xa4\x42abcdefghijkl")
	reg := newTestRegistry(t, "")
	name, r := talk(t, reg, packet.ProtoUDP, 4433, append([]msg{stun}, handshake...)...)
	assert.Equal(t, "DTLS", name)
	assert.Empty(t, r.Risks.Names())
	assert.NotEmpty(t, r.Info.TLS.Subject)
	_, r = talk(t, reg, packet.ProtoUDP, 4433, handshake...)
	assert.ElementsMatch(t, []string{"Missing SNI TLS Extn", "TLS (probably) Not Carrying HTTPS", "Self-signed Cert"}, r.Risks.Names())
}
