package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestLDAP(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	bind := "\x30\x0c\x02\x01\x01\x60\x07\x02\x01\x03\x04\x00\x80\x00"
	search := "\x30\x25\x02\x01\x02\x63\x20\x04\x00\x0a\x01\x00\x0a\x01\x00\x02\x01\x00\x02\x01\x00\x01\x01\x00\x87\x0bobjectClass0\x00"
	checkConversations(t, []conversation{
		{"anonymous bind and its answer", tcp, 1389, []msg{client(bind), server("\x30\x0c\x02\x01\x01\x61\x07\x0a\x01\x00\x04\x00\x04\x00")}, "LDAP"},
		{"search", tcp, 40000, []msg{client(search)}, "LDAP"},
		{"search of a domain controller", udp, 389, []msg{client(search)}, "LDAP"},
		{"version 9", tcp, 389, []msg{client("\x30\x0c\x02\x01\x01\x60\x07\x02\x01\x09\x04\x00\x80\x00")}, "Unknown"},
		{"a context class where the operation stands", tcp, 40000, []msg{client("\x30\x0c\x02\x01\x01\xa0\x07\x02\x01\x03\x04\x00\x80\x00")}, "Unknown"},
		{"modification", tcp, 40000, []msg{client("\x30\x22\x02\x01\x05\x66\x1d\x04\x08uid=bob1\x30\x11\x30\x0f\x0a\x01\x02\x30\x0a\x04\x02sn\x31\x04\x04\x02xy")}, "LDAP"},
		{"comparison", tcp, 389, []msg{client("\x30\x1b\x02\x01\x05\x6e\x16\x04\x08uid=bob1\x30\x0a\x04\x02sn\x04\x04abcd")}, "LDAP"},
		{"modification of a number", tcp, 40000, []msg{client("\x30\x22\x02\x01\x05\x66\x1d\x02\x08uid=bob1\x30\x11\x30\x0f\x0a\x01\x02\x30\x0a\x04\x02sn\x31\x04\x04\x02xy")}, "Unknown"},
	})
	_, r := talk(t, newTestRegistry(t, ""), tcp, 389, client("\x30\x16\x02\x01\x01\x60\x11\x02\x01\x03\x04\x06cn=bob\x80\x04pass"))
	assert.Equal(t, "cn=bob", r.Info.User)
	assert.True(t, r.Risks.Has(RiskClearTextCredentials))
}
