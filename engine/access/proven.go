package access

import (
	"crypto/hmac"
	"crypto/sha256"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// maxProven bounds the passwords that need not be hashed again.
const maxProven = 256

// proven remembers passwords that were right, so that a program that sends one with each
// request costs one slow hash and not many. It keeps them under a key of this process, with the
// network that they came from, as nobody else is to find a password without the limit of
// guesses; and each with the hash that it matched: another password in the file, and it is
// forgotten.
type proven struct {
	key []byte
	mu  sync.Mutex
	all *simplelru.LRU[[sha256.Size]byte, string]
}

func newProven() *proven {
	all, _ := simplelru.NewLRU[[sha256.Size]byte, string](maxProven, nil) // only a size below 1 fails
	return &proven{key: random(sha256.Size), all: all}
}

// digest separates the three by what no network and no name holds.
func (p *proven) digest(from Origin, name, password string) (sum [sha256.Size]byte) {
	mac := hmac.New(sha256.New, p.key)
	mac.Write([]byte(from.network() + "\x00" + name + "\x00" + password))
	mac.Sum(sum[:0])
	return sum
}

func (p *proven) add(from Origin, name, password, kept string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all.Add(p.digest(from, name, password), kept)
}

func (p *proven) holds(from Origin, name, password, kept string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	digest := p.digest(from, name, password)
	matched, ok := p.all.Get(digest)
	if ok && matched != kept {
		p.all.Remove(digest)
	}
	return ok && matched == kept
}
