package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestPostgreSQL(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a startup message", tcp, 5432, []msg{client("\x00\x00\x00\"\x00\x03\x00\x00user\x00alice\x00database\x00shop\x00\x00"), server("R\x00\x00\x00\x08\x00\x00\x00\x00")}, "PostgreSQL"},
		{"encryption is asked for, on another port", tcp, 40000, []msg{client("\x00\x00\x00\x08\x04\xd2\x16/"), server("S")}, "PostgreSQL"},
		{"authentication of which the server alone was seen", tcp, 5432, []msg{server("R\x00\x00\x00\x0c\x00\x00\x00\x05salt")}, "PostgreSQL"},
		{"a version that does not exist", tcp, 5432, []msg{client("\x00\x00\x00\"\x00\t\x00\x00user\x00alice\x00database\x00shop\x00\x00")}, "Unknown"},
		{"a startup message of protocol 3.2", tcp, 40000, []msg{client("\x00\x00\x00\"\x00\x03\x00\x02user\x00alice\x00database\x00shop\x00\x00")}, "PostgreSQL"},
	})
}

// The name of the user is kept.
func TestPostgreSQLUser(t *testing.T) {
	t.Parallel()
	_, r := talk(t, newTestRegistry(t, ""), packet.ProtoTCP, 5432, client("\x00\x00\x00\x14\x00\x03\x00\x00user\x00alice\x00\x00"))
	assert.Equal(t, "alice", r.Info.User)
}
