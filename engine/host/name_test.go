package host

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/packet"
)

type phoneBook map[packet.Addr]dpi.Learned

func (b phoneBook) NameOf(a packet.Addr) (dpi.Learned, bool) {
	l, ok := b[a]
	return l, ok
}

// A host's own word beats what a client asked for, which beats DNS.
func TestNamesByRank(t *testing.T) {
	t.Parallel()
	table := newTable(t, Config{})
	table.Names(phoneBook{
		addr("192.0.2.1"):    {Name: "laptop", Own: true},
		addr("198.51.100.1"): {Name: "cdn.example.net", Time: 1},
		addr("198.51.100.2"): {Name: "own.local", Own: true, Time: 9e9},
		addr("198.51.100.3"): {Name: "resolved.example"},
	})
	plain := delta("192.0.2.1", "198.51.100.3")
	plain.Name = ""
	table.Apply(plain)
	table.Apply(delta("192.0.2.1", "198.51.100.1"))
	table.Apply(delta("192.0.2.1", "198.51.100.2"))
	for ip, want := range map[string]string{
		"192.0.2.1": "laptop", "198.51.100.1": "www.example.com", "198.51.100.2": "own.local", "198.51.100.3": "resolved.example",
	} {
		assert.Equal(t, want, table.at(table.slots[Key{addr: addr(ip)}]).Name, ip)
	}
}
