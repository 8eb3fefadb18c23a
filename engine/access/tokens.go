package access

import (
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"time"
)

// tokenPrefix is how tokens begin, so that those who look for secrets in what was published
// can tell one.
const tokenPrefix = "flw_"

// Tokens are all of them, by name.
func (c *Control) Tokens() []Token {
	var all []Token
	for _, t := range c.now().Tokens {
		all = append(all, t.Token)
	}
	slices.SortFunc(all, func(a, b Token) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// CreateToken makes a token with a name, an owner, a role and an end. What it returns is
// the secret: it is not kept, and cannot be shown again.
func (c *Control) CreateToken(t Token) (secret string, err error) {
	if err := validName(t.Name); err != nil {
		return "", err
	}
	if !t.Expires.IsZero() && !t.Expires.After(c.cfg.Now()) {
		return "", refuse(ErrInvalid, "a token cannot expire in the past")
	}
	t.Created, t.LastUsed, t.Expires = c.stamp(), time.Time{}, t.Expires.UTC().Truncate(time.Second)
	secret = tokenPrefix + rand.Text()
	err = c.change(func(s *state) error {
		i, err := s.user(t.Owner)
		if err != nil {
			return err
		}
		if !s.Users[i].Role.Covers(t.Role) {
			return refuse(ErrInvalid, "a token of %q can have the role %v at most", t.Owner, s.Users[i].Role)
		}
		s.Tokens = append(s.Tokens, keptToken{Token: t, Hash: hashOf(secret)})
		return nil
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// RevokeToken ends a token, of a role that the one given covers; owner, when given, has to be
// its owner.
func (c *Control) RevokeToken(name, owner string, role Role) error {
	return c.change(func(s *state) error {
		i := slices.IndexFunc(s.Tokens, func(t keptToken) bool {
			return t.Name == name && (owner == "" || t.Owner == owner) && role.Covers(t.Role)
		})
		if i < 0 {
			return refuse(ErrMissing, "there is no token %q", name)
		}
		s.Tokens = slices.Delete(s.Tokens, i, i+1)
		return nil
	})
}

// touchEvery is how exact the last use of a token is kept.
const touchEvery = 5 * time.Minute

// touch keeps that a token was used, now and then.
func (c *Control) touch(t *keptToken) {
	now := c.stamp()
	if now.Sub(t.LastUsed) < touchEvery || !c.due(t.Name, now) {
		return
	}
	err := c.change(func(s *state) error {
		for i := range s.Tokens {
			if s.Tokens[i].Hash == t.Hash {
				s.Tokens[i].LastUsed = now
				return nil
			}
		}
		return errUnchanged // it was revoked meanwhile
	})
	if err != nil && !errors.Is(err, errUnchanged) {
		c.cfg.Log.Error("cannot keep that a token was used", "token", t.Name, "error", err)
	}
}

// due lets one of those who use a token at once keep that, and tries again later only when
// it could not be kept.
func (c *Control) due(name string, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Sub(c.used[name]) < touchEvery {
		return false
	}
	if len(c.used) >= maxTokens {
		clear(c.used) // most are of tokens that are gone
	}
	c.used[name] = now
	return true
}
