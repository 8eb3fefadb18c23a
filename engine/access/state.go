package access

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// What the file may hold.
const (
	stateVersion  = 1
	maxUsers      = 1000
	maxTokens     = 2000
	maxTokensUser = 100 // of one user
	maxName       = 64
)

// User is somebody who logs in with a password.
type User struct {
	Name string `json:"name"`
	Role Role   `json:"role"`
	// OneTime: the password lets its user do nothing but change it.
	OneTime bool      `json:"one_time,omitempty"`
	Created time.Time `json:"created"`
	// Changed is when the password was set.
	Changed time.Time `json:"changed"`
}

// Token is what a program shows instead of a password.
type Token struct {
	Name string `json:"name"`
	// Owner is the user whose role bounds that of the token, and with whom it goes.
	Owner   string    `json:"owner"`
	Role    Role      `json:"role"`
	Created time.Time `json:"created"`
	// Expires is when it ends; zero for never.
	Expires time.Time `json:"expires,omitzero"`
	// LastUsed is exact to a few minutes; zero for never.
	LastUsed time.Time `json:"last_used,omitzero"`
}

// keptUser is a user in the file.
type keptUser struct {
	User
	Password string `json:"password"` // hashed
}

// keptToken is a token in the file.
type keptToken struct {
	Token
	Hash string `json:"sha256"`
}

// state is all that is kept.
type state struct {
	Version int         `json:"version"`
	Users   []keptUser  `json:"users"`
	Tokens  []keptToken `json:"tokens"`
}

func (s *state) clone() *state {
	return &state{Version: stateVersion, Users: slices.Clone(s.Users), Tokens: slices.Clone(s.Tokens)}
}

func (s *state) user(name string) (int, error) {
	i := slices.IndexFunc(s.Users, func(u keptUser) bool { return u.Name == name })
	if i < 0 {
		return i, refuse(ErrMissing, "there is no user %q", name)
	}
	return i, nil
}

// validName is that of users and tokens: it stands in URLs, and before the colon of Basic
// authentication.
func validName(name string) error {
	letter := func(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' }
	ok := name != "" && len(name) <= maxName && letter(name[0])
	for i := range len(name) {
		ok = ok && (letter(name[i]) || strings.IndexByte("._@-", name[i]) >= 0)
	}
	if !ok {
		return refuse(ErrInvalid, "a name has 1 to %d letters, digits and . _ @ -, and begins with a letter or digit", maxName)
	}
	return nil
}

// validTimes holds for times that can be written: RFC 3339 has no year 10000, and no zone a day
// off, which reading lets through.
func validTimes(all ...time.Time) error {
	for _, t := range all {
		if _, err := t.MarshalText(); err != nil {
			return refuse(ErrInvalid, "a time is none of RFC 3339: %v", err)
		}
	}
	return nil
}

// validate holds before each write and after each read.
func (s *state) validate() error {
	if s.Version != stateVersion {
		return fmt.Errorf("its version is %d; this program knows version %d", s.Version, stateVersion)
	}
	if len(s.Users) > maxUsers || len(s.Tokens) > maxTokens {
		return refuse(ErrInvalid, "there can be %d users and %d tokens", maxUsers, maxTokens)
	}
	roles, err := s.validateUsers()
	if err != nil {
		return err
	}
	return s.validateTokens(roles)
}

func (s *state) validateUsers() (map[string]Role, error) {
	roles, admins := make(map[string]Role, len(s.Users)), 0
	for i := range s.Users {
		u := &s.Users[i]
		if err := validName(u.Name); err != nil {
			return nil, fmt.Errorf("user %d: %w", i+1, err)
		}
		if _, twice := roles[u.Name]; twice {
			return nil, refuse(ErrExists, "there is a user %q already", u.Name)
		}
		if !u.Role.Covers(Viewer) {
			return nil, fmt.Errorf("user %q has no role", u.Name)
		}
		if _, err := parseHash(u.Password); err != nil {
			return nil, fmt.Errorf("user %q: %w", u.Name, err)
		}
		if err := validTimes(u.Created, u.Changed); err != nil {
			return nil, fmt.Errorf("user %q: %w", u.Name, err)
		}
		roles[u.Name] = u.Role
		if u.Role == Admin {
			admins++
		}
	}
	if len(s.Users) > 0 && admins == 0 {
		return nil, refuse(ErrInvalid, "one user at least has to be an admin")
	}
	return roles, nil
}

func (s *state) validateTokens(owners map[string]Role) error {
	names, hashes, of := make(map[string]bool), make(map[string]bool), make(map[string]int)
	for i := range s.Tokens {
		t := &s.Tokens[i]
		if err := validName(t.Name); err != nil {
			return fmt.Errorf("token %d: %w", i+1, err)
		}
		if names[t.Name] {
			return refuse(ErrExists, "there is a token %q already", t.Name)
		}
		if owners[t.Owner] == Nobody {
			return fmt.Errorf("token %q: %w", t.Name, refuse(ErrMissing, "there is no user %q to own it", t.Owner))
		}
		if !t.Role.Covers(Viewer) {
			return fmt.Errorf("token %q has no role", t.Name)
		}
		if raw, err := hex.DecodeString(t.Hash); err != nil || len(raw) != sha256.Size || hex.EncodeToString(raw) != t.Hash {
			return fmt.Errorf("token %q: its sha256 is not 64 small hexadecimal digits", t.Name)
		}
		if err := validTimes(t.Created, t.Expires, t.LastUsed); err != nil {
			return fmt.Errorf("token %q: %w", t.Name, err)
		}
		if hashes[t.Hash] {
			return errors.New("two tokens have the same sha256")
		}
		names[t.Name], hashes[t.Hash] = true, true
		if of[t.Owner]++; of[t.Owner] > maxTokensUser {
			return refuse(ErrInvalid, "user %q has too many tokens: the most is %d", t.Owner, maxTokensUser)
		}
	}
	return nil
}
