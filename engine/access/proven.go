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
// request costs one slow hash and not many. It keeps them under a key of this process, and
// each with the hash that it matched: another password in the file, and it is forgotten.
type proven struct {
	key []byte
	mu  sync.Mutex
	all *simplelru.LRU[[sha256.Size]byte, string]
}

func newProven() *proven {
	all, _ := simplelru.NewLRU[[sha256.Size]byte, string](maxProven, nil) // only a size below 1 fails
	return &proven{key: random(sha256.Size), all: all}
}

// digest separates the two by what no name holds.
func (p *proven) digest(name, password string) (sum [sha256.Size]byte) {
	mac := hmac.New(sha256.New, p.key)
	mac.Write([]byte(name + "\x00" + password))
	mac.Sum(sum[:0])
	return sum
}

func (p *proven) add(name, password, kept string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all.Add(p.digest(name, password), kept)
}

func (p *proven) holds(name, password, kept string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	digest := p.digest(name, password)
	matched, ok := p.all.Get(digest)
	if ok && matched != kept {
		p.all.Remove(digest)
	}
	return ok && matched == kept
}
