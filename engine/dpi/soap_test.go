package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSOAP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"an envelope without HTTP", tcp, 40000, []msg{client("<?xml version=\"1.0\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body/></soap:Envelope>")}, "SOAP"},
		{"another document", tcp, 40000, []msg{client("<?xml version=\"1.0\"?><note>remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, remember the milk, </note>")}, "Unknown"},
	})
}
