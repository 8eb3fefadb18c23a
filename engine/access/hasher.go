package access

import (
	"context"
	"crypto/rand"
	"fmt"
	"unicode/utf8"
)

const (
	minPassword = 10 // characters; NIST SP 800-63B asks for 8
	maxPassword = 1024

	// hashSlots bounds the hashes that are made at once, and so their memory; hashQueue those
	// who wait for that.
	hashSlots, hashQueue = 2, 64
)

// hasher makes and checks hashes, a few at a time.
type hasher struct {
	cost  cost
	queue chan struct{} // who waits or works
	slots chan struct{} // who works
	// decoy is checked when there is no such user, so that it takes as long.
	decoy hashed
}

func newHasher(c cost) *hasher {
	h := &hasher{cost: c, queue: make(chan struct{}, hashSlots+hashQueue), slots: make(chan struct{}, hashSlots)}
	h.decoy = hashed{cost: c, salt: random(saltSize), key: random(keySize)}
	return h
}

// random returns bytes that nobody can guess.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // it never fails
	return b
}

// do runs what takes much memory when there is room for it.
func (h *hasher) do(ctx context.Context, work func()) error {
	select {
	case h.queue <- struct{}{}:
	default:
		return ErrBusy
	}
	defer func() { <-h.queue }()
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("cannot check the password: %w", ctx.Err())
	}
	defer func() { <-h.slots }()
	work()
	return nil
}

// hash makes the hash of a new password.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	if n := utf8.RuneCountInString(password); n < minPassword || len(password) > maxPassword {
		return "", refuse(ErrInvalid, "a password has at least %d characters and at most %d bytes", minPassword, maxPassword)
	}
	made := hashed{cost: h.cost, salt: random(saltSize)}
	err := h.do(ctx, func() {
		made.key = make([]byte, keySize)
		made.key = made.derive(password)
	})
	return made.String(), err
}

// matches checks a password; kept is "" when there is no such user.
func (h *hasher) matches(ctx context.Context, kept, password string) (bool, error) {
	if len(password) > maxPassword {
		password, kept = "", "" // none is so long
	}
	against := h.decoy
	if kept != "" {
		var err error
		if against, err = parseHash(kept); err != nil {
			return false, err
		}
	}
	var same bool
	err := h.do(ctx, func() { same = against.matches(password) })
	return same && kept != "", err
}
