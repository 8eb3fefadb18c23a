package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestNATS(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a server introduces itself", tcp, 4222, []msg{server("INFO {\"server_id\":\"NDP7\",\"version\":\"2.10.4\",\"max_payload\":1048576} \r\n"), client("CONNECT {\"verbose\":false,\"pedantic\":false}\r\nPING\r\n")}, "Nats"},
		{"the same on another port", tcp, 40000, []msg{server("INFO {\"server_id\":\"NDP7\",\"version\":\"2.10.4\"} \r\n")}, "Nats"},
		{"a publication of a connection that began before the capture", tcp, 4222, []msg{client("PUB orders.new 5\r\nhello\r\n")}, "Nats"},
		{"a word on another port", tcp, 40000, []msg{client("PUB opens at 5\r\n")}, "Unknown"},
		{"a message with headers", tcp, 4222, []msg{server("HMSG orders.new 1 12 17\r\nNATS/1.0\r\n\r\nhello\r\n")}, "Nats"},
		{"small letters", tcp, 4222, []msg{client("connect {}\r\n")}, "Nats"},
	})
}
