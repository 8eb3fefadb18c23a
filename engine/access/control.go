package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// Config holds the settings of a [Control]. Zero fields stand for their defaults.
type Config struct {
	// Dir is the directory that keeps users, tokens and the audit log; it is made when it is
	// missing. "" keeps them in memory, and no log.
	Dir string
	// Token, when set, is an admin's for this run; it is kept nowhere.
	Token string
	// Now is the clock.
	Now func() time.Time
	// Log hears of a file that cannot be used while the engine runs.
	Log *slog.Logger
}

// Control decides who may do what. All its methods can be called at once.
type Control struct {
	cfg    Config
	path   string // "" in memory
	token  [sha256.Size]byte
	hasher *hasher

	known    atomic.Pointer[snapshot]
	sessions *sessions
	proven   *proven
	guesses  *guesses
	audit    *auditLog

	mu      sync.Mutex // of what changes, and of the fields below
	info    fs.FileInfo
	checked time.Time
	used    map[string]time.Time // when tokens were last said to be used
}

// snapshot is a state with what finds things in it; it does not change.
type snapshot struct {
	*state
	byName map[string]*keptUser
	byHash map[string]*keptToken
}

// Open reads what a directory keeps.
func Open(cfg Config) (*Control, error) {
	return open(cfg, usualCost())
}

// OnlyToken has no users: who shows the token is an admin. Nobody can show an empty one.
func OnlyToken(token string) *Control {
	return inMemory(Config{Token: token}, usualCost())
}

func inMemory(cfg Config, c cost) *Control {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	ctl := &Control{
		cfg: cfg, token: sha256.Sum256([]byte(cfg.Token)), hasher: newHasher(c), used: make(map[string]time.Time),
		sessions: newSessions(), proven: newProven(), guesses: newGuesses(),
	}
	ctl.publish(&state{Version: stateVersion})
	return ctl
}

func open(cfg Config, c cost) (*Control, error) {
	ctl := inMemory(cfg, c)
	if cfg.Dir == "" {
		return ctl, nil
	}
	ctl.path, ctl.audit = filepath.Join(cfg.Dir, stateFile), newAuditLog(cfg.Dir)
	s, info, err := load(ctl.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	default:
		ctl.info = info
		ctl.publish(s)
	}
	return ctl, nil
}

// Path is the file that holds users and tokens, "" when there is none.
func (c *Control) Path() string { return c.path }

// FirstAdmin makes the user admin when there is no user yet, and returns the password,
// which lets the admin do nothing but change it; it is "" when there are users.
func (c *Control) FirstAdmin(ctx context.Context) (password string, err error) {
	if len(c.now().Users) > 0 {
		return "", nil
	}
	password = rand.Text()
	err = c.AddUser(ctx, User{Name: "admin", Role: Admin, OneTime: true}, password)
	if errors.Is(err, ErrExists) {
		return "", nil // another process was first
	}
	return password, err
}

func (c *Control) publish(s *state) {
	n := &snapshot{state: s, byName: make(map[string]*keptUser), byHash: make(map[string]*keptToken)}
	for i := range s.Users {
		n.byName[s.Users[i].Name] = &s.Users[i]
	}
	for i := range s.Tokens {
		n.byHash[s.Tokens[i].Hash] = &s.Tokens[i]
	}
	c.known.Store(n)
}

// lookEvery is how often the file is looked at for changes.
const lookEvery = time.Second

// now is what counts at this moment. Who holds mu when another looks goes on with what was
// known.
func (c *Control) now() *snapshot {
	if c.path != "" && c.mu.TryLock() {
		c.refresh()
		c.mu.Unlock()
	}
	return c.known.Load()
}

// refresh reads the file if it is another one than before. What cannot be read changes
// nothing, and is told once.
func (c *Control) refresh() {
	now := c.cfg.Now()
	if now.Sub(c.checked) < lookEvery && now.After(c.checked) {
		return
	}
	c.checked = now
	info, err := os.Stat(c.path)
	if err != nil || same(info, c.info) {
		return // a file that is gone is written anew with the next change
	}
	s, read, err := load(c.path)
	if err != nil {
		c.info = info
		c.cfg.Log.Error("users and tokens stay as they were", "error", err)
		return
	}
	c.info = read
	c.publish(s)
}

func same(a, b fs.FileInfo) bool {
	return a != nil && b != nil && os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size() && a.Mode() == b.Mode()
}

// errUnchanged ends a change without one.
var errUnchanged = errors.New("unchanged")

// change changes what is kept, for all processes.
func (c *Control) change(edit func(*state) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.known.Load().clone()
	if c.path != "" {
		if err := os.MkdirAll(c.cfg.Dir, 0o700); err != nil {
			return fmt.Errorf("cannot keep who has access: %w", err)
		}
		unlock, err := lock(filepath.Join(c.cfg.Dir, lockFile))
		if err != nil {
			return err
		}
		defer unlock()
		if kept, _, err := load(c.path); err == nil {
			s = kept
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := edit(s); err != nil {
		return err
	}
	if err := s.validate(); err != nil {
		return err
	}
	if c.path != "" {
		info, err := save(c.path, s)
		if err != nil {
			return err
		}
		c.info = info
	}
	c.publish(s)
	return nil
}

// hashOf is how a token is kept. It has 128 random bits, so that it needs no slow hash.
func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// stamp is the time as it is kept.
func (c *Control) stamp() time.Time { return c.cfg.Now().UTC().Truncate(time.Second) }
