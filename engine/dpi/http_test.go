package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestHTTP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a page is asked for and comes", tcp, 80, []msg{client("GET /index.html HTTP/1.1\r\nHost: www.example.net\r\nUser-Agent: probe/1.0\r\n\r\n"), server("HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok")}, "HTTP"},
		{"an answer whose question was not seen, on another port", tcp, 40000, []msg{server("HTTP/1.0 404 Not Found\r\nServer: x\r\n\r\n")}, "HTTP"},
		{"a method without the protocol", tcp, 80, []msg{client("GET well soon\r\n\r\n")}, "Unknown"},
	})
}

// What was asked for and what came is kept.
func TestHTTPInfo(t *testing.T) {
	t.Parallel()
	_, r := talk(t, newTestRegistry(t, ""), packet.ProtoTCP, 80,
		client("GET /a?b=c HTTP/1.1\r\nHost: WWW.example.net:80\r\nUser-Agent: probe/1.0\r\n\r\n"),
		server("HTTP/1.1 404 Not Found\r\nServer: nginx\r\nContent-Type: text/html\r\n\r\nno"))
	assert.Equal(t, &HTTPInfo{Method: "GET", URL: "/a?b=c", Status: 404, Server: "nginx", ContentType: "text/html"}, r.Info.HTTP)
	assert.Equal(t, [2]string{"www.example.net", "probe/1.0"}, [2]string{r.Info.ServerName, r.Info.UserAgent})
}
