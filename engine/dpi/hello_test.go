package dpi

import (
	"encoding/binary"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"
)

// Builders of the messages that the tests of TLS, DTLS and QUIC need.

func u16(v int) string { return string(binary.BigEndian.AppendUint16(nil, uint16(v))) }

func u24(v int) string { return string([]byte{byte(v >> 16), byte(v >> 8), byte(v)}) }

// vec8 and vec16 are vectors of RFC 8446, section 3.4.
func vec8(data string) string { return string([]byte{byte(len(data))}) + data }

func vec16(data string) string { return u16(len(data)) + data }

func vec24(data string) string { return u24(len(data)) + data }

// extensionOf is one extension of a hello.
func extensionOf(kind int, data string) string { return u16(kind) + vec16(data) }

func sniOf(name string) string { return extensionOf(extServerName, vec16("\x00"+vec16(name))) }

func alpnOf(names ...string) string {
	list := ""
	for _, n := range names {
		list += vec8(n)
	}
	return extensionOf(extALPN, vec16(list))
}

func versionsOf(versions ...int) string {
	list := ""
	for _, v := range versions {
		list += u16(v)
	}
	return extensionOf(extSupportedVersions, vec8(list))
}

const (
	testRandom = "0123456789abcdef0123456789abcdef"
	// testCiphers are GREASE, AES_128_GCM, ECDHE_RSA_AES_128_GCM.
	testCiphers = "\x0a\x0a\x13\x01\xc0\x2f"
)

// helloBody is a ClientHello without its header; cookie is nil for TLS.
func helloBody(version int, cookie *string, extensions ...string) string {
	body := u16(version) + testRandom + vec8("")
	if cookie != nil {
		body += vec8(*cookie)
	}
	list := ""
	for _, e := range extensions {
		list += e
	}
	return body + vec16(testCiphers) + vec8("\x00") + vec16(list)
}

func handshakeMessage(kind byte, body string) string { return string([]byte{kind}) + vec24(body) }

func recordOf(kind byte, version int, body string) string {
	return string([]byte{kind}) + u16(version) + vec16(body)
}

// clientHelloOf is a ClientHello in its record.
func clientHelloOf(extensions ...string) string {
	return recordOf(recordHandshake, versionTLS10, handshakeMessage(messageClientHello, helloBody(versionTLS12, nil, extensions...)))
}

func serverHelloBody(version, cipher int, extensions ...string) string {
	list := ""
	for _, e := range extensions {
		list += e
	}
	return u16(version) + testRandom + vec8("session") + u16(cipher) + "\x00" + vec16(list)
}

func serverHelloOf(version, cipher int, extensions ...string) string {
	return recordOf(recordHandshake, versionTLS12, handshakeMessage(messageServerHello, serverHelloBody(version, cipher, extensions...)))
}

func certificateMessage(chain ...[]byte) string {
	list := ""
	for _, der := range chain {
		list += vec24(string(der))
	}
	return handshakeMessage(messageCertificate, vec24(list))
}

func unhex(t testing.TB, text string) string {
	t.Helper()
	b, err := hex.DecodeString(text)
	require.NoError(t, err)
	return string(b)
}
