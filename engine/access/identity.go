package access

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/netip"
	"time"
)

// Identity is who asks.
type Identity struct {
	// User is the name; "" for the token of this run.
	User string
	Role Role
	// Via says by what: "password", "session", "token NAME" or "token of this run".
	Via string
	// OneTime: nothing can be done but to change the password.
	OneTime bool
	// Expires is when a token ends; zero for never, and for what is no token.
	Expires time.Time
	// Session is set for sessions.
	Session *Session
}

// Origin is where a question comes from.
type Origin struct {
	Addr netip.Addr
}

// network is what counts as one origin: an IPv6 network belongs to one who asks.
func (o Origin) network() string {
	bits := 32
	a := o.Addr.Unmap().WithZone("")
	if a.Is6() {
		bits = 64
	}
	p, _ := a.Prefix(bits)
	return p.String()
}

// String is the address.
func (o Origin) String() string {
	if !o.Addr.IsValid() {
		return ""
	}
	return o.Addr.Unmap().String()
}

// ByToken finds who shows a token.
func (c *Control) ByToken(from Origin, secret string) (Identity, error) {
	if id, ok := c.findToken(secret); ok {
		return id, nil
	}
	c.guessed(from, Entry{Action: "authenticate", Via: "token", Result: Denied})
	return Identity{}, ErrDenied
}

// findToken looks a token up. Hashes are compared, so that the time tells nothing of a token
// that can be used, not even its length.
func (c *Control) findToken(secret string) (Identity, bool) {
	given := sha256.Sum256([]byte(secret))
	if c.cfg.Token != "" && subtle.ConstantTimeCompare(given[:], c.token[:]) == 1 {
		return Identity{Role: Admin, Via: "token of this run"}, true
	}
	known := c.now()
	t := known.byHash[hashOf(secret)]
	if t == nil || !t.Expires.IsZero() && !c.cfg.Now().Before(t.Expires) {
		return Identity{}, false
	}
	owner := known.byName[t.Owner]
	c.touch(t)
	return Identity{User: owner.Name, Role: min(owner.Role, t.Role), Via: "token " + t.Name, OneTime: owner.OneTime, Expires: t.Expires}, true
}

// ByPassword finds who shows a name and a password; a token does as a password, too, for
// programs that know nothing else.
func (c *Control) ByPassword(ctx context.Context, from Origin, name, password string) (Identity, error) {
	if id, ok := c.findToken(password); ok {
		return id, nil
	}
	if u := c.now().byName[name]; u != nil && c.proven.holds(from, name, password, u.Password) {
		return u.identity("password"), nil
	}
	u, err := c.prove(ctx, from, "authenticate", name, password)
	if err != nil {
		return Identity{}, err
	}
	c.proven.add(from, name, password, u.Password)
	return u.identity("password"), nil
}

func (u *keptUser) identity(via string) Identity {
	return Identity{User: u.Name, Role: u.Role, Via: via, OneTime: u.OneTime}
}

// prove checks a password. It takes the same time whether there is such a user or not.
func (c *Control) prove(ctx context.Context, from Origin, action, name, password string) (*keptUser, error) {
	entry := Entry{Action: action, From: from.String(), Via: "password", Result: Denied}
	u := c.now().byName[name]
	kept := ""
	if u != nil {
		kept, entry.User = u.Password, name
	} else {
		entry.About = "unknown user" // not the name: it may be a password in the wrong field
	}
	if wait := c.guesses.take(from, name, c.cfg.Now()); wait > 0 {
		entry.About = "too many wrong passwords"
		c.guessed(from, entry)
		return nil, &LimitedError{After: wait}
	}
	ok, err := c.hasher.matches(ctx, kept, password)
	if ok || err != nil {
		c.guesses.giveBack(from, name)
	}
	if err != nil {
		return nil, err
	}
	if !ok {
		c.guessed(from, entry)
		return nil, ErrDenied
	}
	entry.Result = Done
	c.Record(entry)
	return u, nil
}

// Login begins a session. id is its secret.
func (c *Control) Login(ctx context.Context, from Origin, name, password string) (id string, who Identity, err error) {
	u, err := c.prove(ctx, from, "login", name, password)
	if err != nil {
		return "", Identity{}, err
	}
	id, who = c.begin(u)
	return id, who, nil
}

func (c *Control) begin(u *keptUser) (id string, who Identity) {
	id, session := c.sessions.begin(u.Name, u.Password, c.cfg.Now())
	who = u.identity("session")
	who.Session = session
	return id, who
}

// BySession finds whose session it is.
func (c *Control) BySession(id string) (Identity, error) {
	session, ok := c.sessions.find(id, c.cfg.Now())
	if !ok {
		return Identity{}, ErrDenied
	}
	u := c.now().byName[session.user]
	if u == nil || u.Password != session.password {
		c.sessions.end(id)
		return Identity{}, ErrDenied
	}
	who := u.identity("session")
	who.Session = session
	return who, nil
}

// Logout ends a session.
func (c *Control) Logout(id string) { c.sessions.end(id) }

// ChangePassword gives a user who knows the current password another one. It returns a new
// session: all others of the user end.
func (c *Control) ChangePassword(ctx context.Context, from Origin, name, current, password string) (id string, who Identity, err error) {
	if _, err := c.prove(ctx, from, "confirm password", name, current); err != nil {
		return "", Identity{}, err
	}
	if current == password {
		return "", Identity{}, refuse(ErrInvalid, "the new password is the old one")
	}
	if err := c.SetPassword(ctx, name, password, false); err != nil {
		return "", Identity{}, err
	}
	u := c.now().byName[name]
	if u == nil {
		return "", Identity{}, fmt.Errorf("cannot go on as %s: %w", name, ErrDenied) // removed meanwhile
	}
	id, who = c.begin(u)
	return id, who, nil
}

// guessed records a wrong secret, unless many come from there.
func (c *Control) guessed(from Origin, e Entry) {
	e.From = from.String()
	if c.guesses.tell(from, c.cfg.Now()) {
		c.Record(e)
	}
}

// SessionIdle and SessionAge are how long a session lasts without being used, and at most
// (OWASP Session Management Cheat Sheet).
const (
	SessionIdle = time.Hour
	SessionAge  = 12 * time.Hour
)
