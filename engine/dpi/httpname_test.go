package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestHTTPCarriesOthers(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	const host = " HTTP/1.1\r\nHost: server.example\r\n"
	checkConversations(t, []conversation{
		{"SOAP 1.1 with an empty action", tcp, 8091, []msg{client("POST /service" + host + "SOAPAction:\r\nContent-Type: text/xml\r\n\r\n<soap:Envelope/>")}, "HTTP.SOAP"},
		{"SOAP 1.2", tcp, 80, []msg{client("POST /service" + host + "Content-Type: application/soap+xml; charset=utf-8\r\n\r\n<soap:Envelope/>")}, "HTTP.SOAP"},
		{"version 1 of RPC over HTTP", tcp, 593, []msg{client("RPC_CONNECT mail.example.net:593" + host + "\r\n")}, "HTTP.MS-RPCH"},
		{"the answer of RPC over HTTP alone", tcp, 80, []msg{server("HTTP/1.1 200 Success\r\nContent-Type: application/rpc\r\nContent-Length: 1073741824\r\n\r\n")}, "HTTP.MS-RPCH"},
		{"RPC over HTTP", tcp, 80, []msg{client("RPC_IN_DATA /rpc/rpcproxy.dll?mail:6002" + host + "Content-Length: 1073741824\r\n\r\n")}, "HTTP.MS-RPCH"},
		{"a segment of DASH", tcp, 80, []msg{client("GET /live/V300/206598098.m4s" + host + "\r\n")}, "HTTP.MpegDash"},
		{"a playlist of HLS", tcp, 80, []msg{
			client("GET /live/index.m3u8" + host + "\r\n"),
			server("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.apple.mpegurl\r\n\r\n#EXTM3U\n"),
		}, "HTTP.HLS"},
		{"Icecast's server", tcp, 8000, []msg{
			client("GET /stream.ogg" + host + "\r\n"),
			server("HTTP/1.0 200 OK\r\nServer: Icecast 2.4.4\r\nicy-br: 128\r\n\r\n"),
		}, "HTTP.IceCast"},
		{"Steam's client", tcp, 80, []msg{client("GET /depot/731/chunk/0a1b" + host + "User-Agent: Valve/Steam HTTP Client 1.0\r\n\r\n")}, "HTTP.Steam"},
		{"plain XML", tcp, 80, []msg{client("POST /service" + host + "Content-Type: text/xml\r\n\r\n<note/>")}, "HTTP"},
	})
}
