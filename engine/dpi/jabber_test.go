package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestJabber(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	const declaration = "<?xml version='1.0'?>"
	open := "<stream:stream to='example.com' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
	answer := "<stream:stream from='example.com' id='c2s1' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'><stream:features/>"
	checkConversations(t, []conversation{
		{"stream and its answer", tcp, 5222, []msg{client(declaration + open), server(declaration + answer)}, "Jabber"},
		{"declaration in a segment of its own", tcp, 40000, []msg{client(declaration), client(open)}, "Jabber"},
		{"between servers, prefix of its own", tcp, 5269, []msg{client(declaration + "<s:stream xmlns='jabber:server' xmlns:s='http://etherx.jabber.org/streams'>")}, "Jabber"},
		{"server alone", tcp, 40000, []msg{server(answer)}, "Jabber"},
		{"other XML", tcp, 5222, []msg{client(declaration + "<policy-file-request/><note xmlns='urn:example'>a reminder of nothing</note>")}, "Unknown"},
		{"declaration alone", tcp, 40000, []msg{client(declaration)}, "Unknown"},
	})
}
