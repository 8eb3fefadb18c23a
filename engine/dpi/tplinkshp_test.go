package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

// tplinkOf combines each byte with the one before.
func tplinkOf(text string) string {
	out, key := []byte(text), byte(171)
	for i := range out {
		out[i] ^= key
		key = out[i]
	}
	return string(out)
}

func TestTPLinkSHP(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	info := tplinkOf(`{"system":{"get_sysinfo":{}}}`)
	answer := tplinkOf(`{"system":{"get_sysinfo":{"err_code":0,"model":"HS110(EU)","alias":"lamp"}}}`)
	framed := func(body string) string { return "\x00\x00\x00" + string([]byte{byte(len(body))}) + body }
	checkConversations(t, []conversation{
		{"query over TCP", tcp, 9999, []msg{client(framed(info)), server(framed(answer))}, "TPLINK_SHP"},
		{"length and body in two segments", tcp, 9999, []msg{client(framed(info)[:4]), client(info)}, "TPLINK_SHP"},
		{"discovery", udp, 9999, []msg{client(info), server(answer)}, "TPLINK_SHP"},
		{"empty object", udp, 9999, []msg{client(tplinkOf("{}  "))}, "TPLINK_SHP"},
		{"plain JSON", udp, 9999, []msg{client(`{"system":{"get_sysinfo":{}}}`)}, "Unknown"},
		{"array", udp, 9999, []msg{client(tplinkOf(`["system"]`))}, "Unknown"},
		{"another port", udp, 40000, []msg{client(info)}, "Unknown"},
		{"length of a megabyte", tcp, 9999, []msg{client("\x00\x10\x00\x00" + info)}, "Unknown"},
	})
}
