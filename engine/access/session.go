package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

const (
	maxSessions     = 1000
	maxSessionsUser = 20 // of one user; the one not used for longest ends
)

// Session is a login that lasts.
type Session struct {
	// CSRF is what a browser has to send back with what changes something, to show that the
	// page that asks could read it.
	CSRF string
	// Ends is when it ends at the latest.
	Ends time.Time

	user, password string // hashed: another one ends the session
	seen           time.Time
}

// Confirms compares what a browser sent back.
func (s *Session) Confirms(csrf string) bool {
	return subtle.ConstantTimeCompare([]byte(s.CSRF), []byte(csrf)) == 1
}

// sessions are found by the hash of their secret, so that time tells nothing of it.
type sessions struct {
	mu  sync.Mutex
	all *simplelru.LRU[[sha256.Size]byte, *Session]
}

func newSessions() *sessions {
	all, _ := simplelru.NewLRU[[sha256.Size]byte, *Session](maxSessions, nil) // only a size below 1 fails
	return &sessions{all: all}
}

func (s *sessions) begin(user, password string, now time.Time) (id string, session *Session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.makeRoom(user)
	id = rand.Text()
	session = &Session{CSRF: rand.Text(), Ends: now.Add(SessionAge), user: user, password: password, seen: now}
	s.all.Add(sha256.Sum256([]byte(id)), session)
	return id, session
}

// makeRoom ends the oldest sessions of a user who has many.
func (s *sessions) makeRoom(user string) {
	var own [][sha256.Size]byte
	for _, key := range s.all.Keys() { // oldest first
		if session, _ := s.all.Peek(key); session.user == user {
			own = append(own, key)
		}
	}
	for _, key := range own[:max(0, len(own)-maxSessionsUser+1)] {
		s.all.Remove(key)
	}
}

func (s *sessions) find(id string, now time.Time) (*Session, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := sha256.Sum256([]byte(id))
	session, ok := s.all.Get(key)
	if !ok {
		return nil, false
	}
	if !now.Before(session.Ends) || now.Sub(session.seen) >= SessionIdle {
		s.all.Remove(key)
		return nil, false
	}
	session.seen = now
	return session, true
}

func (s *sessions) end(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all.Remove(sha256.Sum256([]byte(id)))
}
