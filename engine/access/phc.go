package access

import (
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// cost is what one hash takes.
type cost struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
}

// usualCost is the first choice of OWASP's Password Storage Cheat Sheet for Argon2id whose
// memory a small machine can spare: 19 MiB, two passes, one lane.
func usualCost() cost { return cost{memory: 19 << 10, passes: 2, lanes: 1} }

// What a hash in the file may take: more would let the file stall the engine.
const (
	maxMemory = 256 << 10 // KiB
	maxPasses = 16
	maxLanes  = 16

	saltSize, keySize = 16, 32 // RFC 9106 section 4

	minSalt, minKey, maxBytes = 8, 16, 64
)

// hashed is a password as it is kept, in the PHC string format:
//
//	$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH
type hashed struct {
	cost
	salt, key []byte
}

// errHash names the form, never the text: it is a secret.
var errHash = errors.New("the password is no hash like $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH")

// parseHash reads what String writes, and nothing else.
func parseHash(text string) (hashed, error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 {
		return hashed{}, errHash
	}
	var h hashed
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.passes, &h.lanes); err != nil {
		return hashed{}, errHash
	}
	var err1, err2 error
	h.salt, err1 = base64.RawStdEncoding.DecodeString(parts[4])
	h.key, err2 = base64.RawStdEncoding.DecodeString(parts[5])
	// Written anew it has to be the same: that leaves no room for a second spelling.
	if err1 != nil || err2 != nil || h.String() != text {
		return hashed{}, errHash
	}
	return h, h.check()
}

func (h hashed) check() error {
	within := func(n, least, most int) bool { return n >= least && n <= most }
	if !within(int(h.passes), 1, maxPasses) || !within(int(h.lanes), 1, maxLanes) || !within(int(h.memory), 8*int(h.lanes), maxMemory) {
		return fmt.Errorf("the hash of the password takes m=%d,t=%d,p=%d: the most is m=%d,t=%d,p=%d", h.memory, h.passes, h.lanes, maxMemory, maxPasses, maxLanes)
	}
	if !within(len(h.salt), minSalt, maxBytes) || !within(len(h.key), minKey, maxBytes) {
		return fmt.Errorf("the hash of the password has a salt of %d bytes and a key of %d: they are %d to %d and %d to %d",
			len(h.salt), len(h.key), minSalt, maxBytes, minKey, maxBytes)
	}
	return nil
}

// String writes the hash as it is kept.
func (h hashed) String() string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.passes, h.lanes, b64(h.salt), b64(h.key))
}

// derive is the key that a password gives.
func (h hashed) derive(password string) []byte {
	return argon2.IDKey([]byte(password), h.salt, h.passes, h.memory, h.lanes, uint32(len(h.key))) //nolint:gosec // at most maxBytes
}

func (h hashed) matches(password string) bool {
	return subtle.ConstantTimeCompare(h.derive(password), h.key) == 1
}
