package dpi

import (
	"crypto/aes"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// The connection id and the ClientHello of RFC 9001, appendix A.
const (
	rfcDCID   = "8394c8f03e515708"
	rfcCrypto = "060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69484c00000413011302010000c0" +
		"00000010000e00000b6578616d706c652e636f6dff01000100000a00080006001d0017001800100007000504616c706e000500050100000000" +
		"003300260024001d00209370b2c9caa47fbabaf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b0003020304000d0010000e0403" +
		"050306030203080408050806002d00020101001c00024001003900320408ffffffffffffffff05048000ffff07048000ffff0801100104800075300901100f088394c8f03e51570806048000ffff"
)

// initialOf protects the frames of an Initial packet (RFC 9001, section 5) as a client
// would, in a datagram of size bytes.
func initialOf(t testing.TB, version uint32, keyID, dcid, token, frames string, number uint32, size int) string {
	t.Helper()
	keys := newQUICKeys(version, []byte(keyID))
	require.NotNil(t, keys)
	const numberLen, tag = 4, 16
	first := byte(0xc0 | numberLen - 1)
	if version == quicV2 || version == quicV2Draft {
		first |= 1 << 4
	}
	header := append([]byte{first}, binary.BigEndian.AppendUint32(nil, version)...)
	header = append(header, vec8(dcid)+vec8("")+vec8(token)...)
	plain := append([]byte(frames), make([]byte, max(0, size-len(header)-2-numberLen-tag-len(frames)))...)
	header = binary.BigEndian.AppendUint16(header, uint16(0x4000|numberLen+len(plain)+tag))
	at := len(header)
	header = binary.BigEndian.AppendUint32(header, number)
	nonce := slices.Clone(keys.iv)
	for i := range 4 {
		nonce[len(nonce)-1-i] ^= byte(number >> (8 * i))
	}
	out := keys.aead.Seal(header, nonce, plain, header)
	var mask [aes.BlockSize]byte
	keys.header.Encrypt(mask[:], out[at+4:at+20])
	out[0] ^= mask[0] & 0x0f
	for i := range numberLen {
		out[at+i] ^= mask[1+i]
	}
	return string(out)
}

func cryptoFrame(offset int, data string) string {
	return "\x06" + u16(0x4000|offset) + u16(0x4000|len(data)) + data
}

func TestQUICKeysOfRFC(t *testing.T) {
	t.Parallel()
	dcid := []byte(unhex(t, rfcDCID))
	v1, v2 := newQUICKeys(quicV1, dcid), newQUICKeys(quicV2, dcid)
	assert.Equal(t, "fa044b2f42a3fd3b46fb255c", hex.EncodeToString(v1.iv), "RFC 9001, appendix A.1")
	assert.Equal(t, "91f73e2351d8fa91660e909f", hex.EncodeToString(v2.iv), "RFC 9369, appendix A.1")
	packet := initialOf(t, quicV1, string(dcid), string(dcid), "", unhex(t, rfcCrypto), 2, 1200)
	assert.Equal(t, "c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11", hex.EncodeToString([]byte(packet[:32])), "RFC 9001, appendix A.2")
	packet = initialOf(t, quicV2, string(dcid), string(dcid), "", unhex(t, rfcCrypto), 2, 1200)
	assert.Equal(t, "d76b3343cf088394c8f03e5157080000449ea0c95e82ffe67b6abcdb4298b485", hex.EncodeToString([]byte(packet[:32])), "RFC 9369, appendix A.2")
	assert.Nil(t, newQUICKeys(quicQ046, dcid), "no encryption")
}

func TestQUICVersions(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	for _, v := range []uint32{
		quicV1, quicV2, quicV2Draft, 0xff000022, 0xff00001d, 0xff00001b, 0xff000016, 0xfaceb001, 0xfaceb002, 0xfaceb00e, quicT051,
	} {
		data := initialOf(t, v, "serverid", "serverid", "", unhex(t, rfcCrypto), 1, 1250)
		got, r := talk(t, reg, packet.ProtoUDP, 4433, client(data))
		assert.Equal(t, "QUIC", got, "%#x", v)
		assert.Equal(t, "example.com", r.Info.ServerName, "%#x", v)
		assert.Equal(t, v, r.Info.QUICVersion)
		assert.Equal(t, "q13d0211an", r.Info.TLS.JA4[:10], "%#x", v)
	}
}

func TestQUICConversations(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	hello := unhex(t, rfcCrypto)[4:] // without the frame's header
	initial := func(frames string, number uint32) string {
		return initialOf(t, quicV1, "serverid", "serverid", "", frames, number, 1200)
	}
	whole := initial(cryptoFrame(0, hello), 0)
	negotiation := "\x80\x00\x00\x00\x00" + vec8("") + vec8("serverid")
	checkConversations(t, []conversation{
		{"one datagram", udp, 4433, []msg{client(whole)}, "QUIC"},
		{"DNS over QUIC", udp, 853, []msg{client(whole)}, "QUIC.DoH_DoT"},
		{"application by name", udp, 443, []msg{client(initial(cryptoFrame(0, handshakeMessage(messageClientHello, helloBody(versionTLS12, nil, sniOf("www.youtube.com")))), 0))}, "QUIC.YouTube"},
		{"version negotiation", udp, 4433, []msg{server(negotiation + "\x00\x00\x00\x01\x0a\x0a\x0a\x0a")}, "QUIC"},
		{"reserved version", udp, 4433, []msg{client("\xca\x1a\x2a\x3a\x4a" + whole[5:])}, "QUIC"},
		{"Q046", udp, 4433, []msg{client("\xc3Q046\x50serverid\x00\x00\x00\x01" + strings.Repeat("x", 30))}, "QUIC"},
		{"versions that nobody knows", udp, 4433, []msg{server(negotiation + "\x12\x34\x56\x78")}, "Unknown"},
		{"unknown version", udp, 4433, []msg{client("\xc0\x12\x34\x56\x78" + whole[5:])}, "Unknown"},
		{"longer than the datagram", udp, 4433, []msg{client(whole[:len(whole)-1])}, "Unknown"},
		{"connection id too long", udp, 4433, []msg{client("\xc0\x00\x00\x00\x01\x15" + whole[6:])}, "Unknown"},
		{"fixed bit missing", udp, 4433, []msg{client("\x80" + whole[1:])}, "Unknown"},
	})
}

// The ClientHello in frames out of order, over two datagrams, with padding, PING and
// ACK between; after a Retry; coalesced behind another packet.
func TestQUICHelloInPieces(t *testing.T) {
	t.Parallel()
	hello := unhex(t, rfcCrypto)[4:]
	part := func(from, to int) string { return cryptoFrame(from, hello[from:to]) }
	const ack = "\x02\x05\x00\x01\x01\x02\x03"
	first := initialOf(t, quicV1, "serverid", "serverid", "", part(200, len(hello))+"\x01"+part(50, 120)+"\x00\x00", 0, 1200)
	second := initialOf(t, quicV1, "serverid", "newid", "", ack+part(120, 200)+part(0, 60), 1, 1200)
	retried := initialOf(t, quicV1, "retried!", "retried!", "token", cryptoFrame(0, hello), 2, 1200)
	retry := "\xf0\x00\x00\x00\x01" + vec8("") + vec8("retried!") + "token" + strings.Repeat("t", 16)
	zeroRTT := "\xd0\x00\x00\x00\x01" + vec8("serverid") + vec8("") + u16(0x4000|50) + strings.Repeat("z", 50)
	small := initialOf(t, quicV1, "serverid", "serverid", "", cryptoFrame(0, hello), 0, 400)
	reg := newTestRegistry(t, "")
	for _, tt := range []struct {
		name string
		msgs []msg
	}{
		{"two datagrams", []msg{client(first), client(second)}},
		{"the wrong way round", []msg{client(initialOf(t, quicV1, "serverid", "serverid", "", part(0, 100), 0, 1200)), client(second), client(first)}},
		{"after a Retry", []msg{client(first), server(retry), client(retried)}},
		{"coalesced", []msg{client(zeroRTT + small)}},
	} {
		got, r := talk(t, reg, packet.ProtoUDP, 443, tt.msgs...)
		assert.Equal(t, "QUIC", got, tt.name)
		assert.Equal(t, "example.com", r.Info.ServerName, tt.name)
		assert.Equal(t, ByDPI, r.Confidence, tt.name)
		assert.True(t, r.Done, tt.name)
	}
	_, r := talk(t, reg, packet.ProtoUDP, 443, client(first), client("\x40short header"))
	assert.Equal(t, Partial, r.Confidence, "the rest of the hello is missing")
}

func TestGoogleQUIC(t *testing.T) {
	t.Parallel()
	tag := func(name string, end int) string {
		return name + string(binary.LittleEndian.AppendUint32(nil, uint32(end)))
	}
	chlo := "CHLO\x02\x00\x00\x00" + tag("SNI\x00", 15) + tag("UAID", 22) + "www.youtube.com" + "Chrome/"
	reg := newTestRegistry(t, "")
	for _, tt := range []struct{ name, data string }{
		{"Q043", "\x09connid88Q043\x01" + strings.Repeat("h", 20) + chlo},
		{"Q046", "\xc3Q046\x50connid88\x00\x00\x00\x01" + strings.Repeat("h", 20) + chlo},
		{"Q050", initialOf(t, quicQ050, "connid88", "connid88", "", "\x08\x00"+u16(0x4000|len(chlo))+chlo, 1, 1200)},
	} {
		got, r := talk(t, reg, packet.ProtoUDP, 443, client(tt.data))
		assert.Equal(t, "QUIC.YouTube", got, tt.name)
		assert.Equal(t, "Chrome/", r.Info.UserAgent, tt.name)
		assert.Equal(t, tt.name, string(binary.BigEndian.AppendUint32(nil, r.Info.QUICVersion)))
	}
}

func TestQUICVarint(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]uint64{ // RFC 9000, appendix A.1
		"c2197c5eff14e88c": 151288809941952652, "9d7f3e7d": 494878333, "7bbd": 15293, "25": 37, "4025": 37,
	} {
		b := unhex(t, text)
		v, n := quicVarint([]byte(b), 0)
		assert.Equal(t, want, v)
		assert.Len(t, b, n)
		_, n = quicVarint([]byte(b[:len(b)-1]), 0)
		assert.Zero(t, n, "cut")
	}
}

func TestQUICAgent(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "Chrome/99 ?", quicAgent([]byte("\x01\x02ab\x71\x29\x0bChrome/99 \n")))
	assert.Empty(t, quicAgent([]byte("\x01\x02ab\x71\x29\x0cChrome/99 \n")))
	assert.Empty(t, quicAgent(nil))
}

// An Initial that decrypts may hold anything.
func FuzzQUICFrames(f *testing.F) {
	f.Add([]byte(unhex(f, rfcCrypto)), uint32(quicV1))
	f.Add([]byte("\x02\x05\x00\x01\x01\x02\x03\x06\x00\x01x"), uint32(quicQ050))
	f.Fuzz(func(t *testing.T, frames []byte, version uint32) {
		f := &Flow{}
		s := &quicState{version: version}
		s.frames(f, frames)
		s.frames(f, frames)
		assert.LessOrEqual(t, f.buffered, MaxBuffered)
		assert.Equal(t, f.buffered, len(s.crypto.data))
		assert.LessOrEqual(t, len(s.crypto.contiguous()), maxCryptoData)
	})
}

func BenchmarkQUICInitial(b *testing.B) {
	benchmarkFirstPacket(b, packet.ProtoUDP, 443, []byte(initialOf(b, quicV1, "serverid", "serverid", "", unhex(b, rfcCrypto), 0, 1200)))
}
