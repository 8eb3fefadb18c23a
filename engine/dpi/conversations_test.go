package dpi

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// conversations are some of the protocols' tests, one of each protocol over TCP or UDP. A
// line has name, carrier and port, then what client (>) and server (<) say, packet by packet.
func conversations(t testing.TB) (rows []conversation) {
	t.Helper()
	text, err := os.ReadFile("testdata/conversations.txt")
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		parts := strings.SplitN(strings.TrimSpace(line), " ", 4)
		require.Len(t, parts, 4, line)
		port, err := strconv.ParseUint(parts[2], 10, 16)
		require.NoError(t, err, line)
		c := conversation{name: parts[0], proto: packet.ProtoTCP, port: uint16(port), want: parts[0]}
		if parts[1] == "udp" {
			c.proto = packet.ProtoUDP
		}
		for said := parts[3]; said != ""; {
			quoted, err := strconv.QuotedPrefix(said[1:])
			require.NoError(t, err, line)
			data, err := strconv.Unquote(quoted)
			require.NoError(t, err, line)
			m := client(data)
			if said[0] == '<' {
				m = server(data)
			}
			c.msgs = append(c.msgs, m)
			said = strings.TrimSpace(said[1+len(quoted):])
		}
		rows = append(rows, c)
	}
	return rows
}

func TestConversations(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	for _, c := range conversations(t) {
		got, _ := talk(t, reg, c.proto, c.port, c.msgs...)
		assert.Equal(t, c.want, got, c.name)
	}
}
