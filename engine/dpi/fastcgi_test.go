package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestFastCGI(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	begin := "\x01\x01\x00\x01\x00\x08\x00\x00" + "\x00\x01\x00\x00\x00\x00\x00\x00"
	params := "\x01\x04\x00\x01\x00\x13\x05\x00\x0e\x03REQUEST_METHODGET\x00\x00\x00\x00\x00" + "\x01\x04\x00\x01\x00\x00\x00\x00"
	host := "\x01\x04\x00\x01\x00\x1c\x00\x00\x09\x80\x00\x00\x0eHTTP_HOSTwww.google.com"
	values := "\x01\x09\x00\x00\x00\x10\x00\x00\x0e\x00FCGI_MAX_CONNS"
	answer := "\x01\x06\x00\x01\x00\x1b\x05\x00Content-type: text/html\r\n\r\n\x00\x00\x00\x00\x00"
	checkConversations(t, []conversation{
		{"request of a responder and answer", tcp, 9000, []msg{client(begin + params), server(answer)}, "FastCGI"},
		{"connection to be kept, another port", tcp, 40000, []msg{client(begin[:10] + "\x01" + begin[11:])}, "FastCGI"},
		{"unassigned role", tcp, 9000, []msg{client(begin[:9] + "\x04" + begin[10:])}, "Unknown"},
		{"reserved bytes in use", tcp, 9000, []msg{client(begin[:11] + "\x01\x02\x03\x04\x05")}, "Unknown"},
		{"request to a host that is known", tcp, 9000, []msg{client(begin), client(host)}, "FastCGI.Google"},
		{"parameters of a request under way", tcp, 40000, []msg{client(params)}, "FastCGI"},
		{"parameters that no environment has", tcp, 9000, []msg{client("\x01\x04\x00\x01\x00\x05\x00\x00\x02\x01A=B")}, "Unknown"},
		{"parameters beyond the record", tcp, 9000, []msg{client("\x01\x04\x00\x01\x00\x05\x00\x00\x02\x02ABC")}, "Unknown"},
		{"an application's limits", tcp, 40000, []msg{client(values)}, "FastCGI"},
		{"values of something else", tcp, 9000, []msg{client(values[:10] + "X" + values[11:])}, "Unknown"},
		{"a page alone", tcp, 9000, []msg{server(answer)}, "FastCGI"},
		{"a page without a header", tcp, 9000, []msg{server("\x01\x06\x00\x01\x00\x07\x00\x00hello\r\n")}, "Unknown"},
		{"another type first", tcp, 9000, []msg{client("\x01\x05" + params[2:])}, "Unknown"},
	})
}

func TestFastCGIRequest(t *testing.T) {
	t.Parallel()
	pair := func(name, value string) string {
		return string([]byte{byte(len(name)), byte(len(value))}) + name + value
	}
	body := pair("HTTP_HOST", "www.example.org:8080") + pair("HTTP_USER_AGENT", "probe/1.0") + pair("REQUEST_METHOD", "POST") + pair("REQUEST_URI", "/a?b=c")
	_, r := talk(t, newTestRegistry(t, ""), packet.ProtoTCP, 9000, client("\x01\x01\x00\x01\x00\x08\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00"), client("\x01\x04\x00\x01\x00"+string([]byte{byte(len(body))})+"\x00\x00"+body))
	assert.Equal(t, []string{"www.example.org", "probe/1.0", "POST", "/a?b=c"}, []string{r.Info.ServerName, r.Info.UserAgent, r.Info.HTTP.Method, r.Info.HTTP.URL})
}
