package access

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTheFirstAdminChangesThePassword(t *testing.T) {
	t.Parallel()
	o := openAt(t, t.TempDir())
	once, err := o.FirstAdmin(t.Context())
	require.NoError(t, err)
	require.Len(t, once, 26)
	again, err := openAt(t, o.dir).FirstAdmin(t.Context())
	require.NoError(t, err)
	require.Empty(t, again, "there is an admin already")

	_, who, err := o.Login(t.Context(), from("192.0.2.1"), "admin", once)
	require.NoError(t, err)
	require.True(t, who.OneTime)
	_, _, err = o.ChangePassword(t.Context(), from("192.0.2.1"), "admin", once, once)
	require.ErrorContains(t, err, "the new password is the old one")
	_, _, err = o.ChangePassword(t.Context(), from("192.0.2.1"), "admin", once, "short")
	require.ErrorIs(t, err, ErrInvalid)
	_, _, err = o.ChangePassword(t.Context(), from("192.0.2.1"), "admin", "wrong", good)
	require.ErrorIs(t, err, ErrDenied)
	id, who, err := o.ChangePassword(t.Context(), from("192.0.2.1"), "admin", once, good)
	require.NoError(t, err)
	require.False(t, who.OneTime)
	who, err = o.BySession(id)
	require.NoError(t, err)
	require.Equal(t, "admin", who.User)
	_, _, err = o.Login(t.Context(), from("192.0.2.1"), "admin", once)
	require.ErrorIs(t, err, ErrDenied, "it was for one time")
}

func TestFirstAdminInMemory(t *testing.T) {
	t.Parallel()
	o := openAt(t, "")
	once, err := o.FirstAdmin(t.Context())
	require.NoError(t, err)
	who, err := o.ByPassword(t.Context(), from("192.0.2.1"), "admin", once)
	require.NoError(t, err)
	require.Equal(t, Admin, who.Role)
	require.Empty(t, o.Path())
	secret, err := o.CreateToken(Token{Name: "t", Owner: "admin", Role: Viewer})
	require.NoError(t, err)
	who, err = o.ByToken(from("192.0.2.1"), secret)
	require.NoError(t, err)
	require.True(t, who.OneTime, "a token is no way around")
}

func TestTokens(t *testing.T) {
	t.Parallel()
	o := withUsers(t)
	end := o.clock.now().Add(time.Hour)
	secret, err := o.CreateToken(Token{Name: "t", Owner: "ada", Role: Admin, Expires: end})
	require.NoError(t, err)
	require.Regexp(t, `^flw_[A-Z2-7]{26}$`, secret)
	for _, bad := range []string{"", "flw_", secret + "x", secret[:len(secret)-1], strings.ToLower(secret), hashOf(secret)} {
		_, err := o.ByToken(from("192.0.2.1"), bad)
		require.ErrorIs(t, err, ErrDenied)
	}
	who, err := o.ByToken(from("192.0.2.1"), secret)
	require.NoError(t, err)
	require.Equal(t, Identity{User: "ada", Role: Admin, Via: "token t", Expires: end}, who)
	require.Equal(t, o.clock.now(), o.Tokens()[0].LastUsed)

	require.NoError(t, o.SetRole("vera", Admin))
	require.NoError(t, o.SetRole("ada", Viewer))
	who, err = o.ByToken(from("192.0.2.1"), secret)
	require.NoError(t, err)
	require.Equal(t, Viewer, who.Role, "no more than its owner")

	o.clock.pass(59 * time.Minute)
	_, err = o.ByToken(from("192.0.2.1"), secret)
	require.NoError(t, err)
	require.Equal(t, o.clock.now(), openAt(t, o.dir).Tokens()[0].LastUsed, "it is kept")
	o.clock.pass(time.Minute)
	_, err = o.ByToken(from("192.0.2.1"), secret)
	require.ErrorIs(t, err, ErrDenied, "it has expired")

	second, err := o.CreateToken(Token{Name: "u", Owner: "ada", Role: Viewer})
	require.NoError(t, err)
	require.ErrorIs(t, o.RevokeToken("u", "vera", Admin), ErrMissing, "it is not hers")
	require.NoError(t, o.RemoveUser("ada"))
	_, err = o.ByToken(from("192.0.2.1"), second)
	require.ErrorIs(t, err, ErrDenied, "it goes with its owner")
	require.Empty(t, o.Tokens())
}

func TestTokensThatCannotBe(t *testing.T) {
	t.Parallel()
	o := withUsers(t)
	require.NoError(t, errOf(o.CreateToken(Token{Name: "t", Owner: "ada", Role: Viewer})))
	require.ErrorIs(t, errOf(o.CreateToken(Token{Name: "t", Owner: "vera", Role: Viewer})), ErrExists)
	require.ErrorIs(t, errOf(o.CreateToken(Token{Name: "a b", Owner: "ada", Role: Viewer})), ErrInvalid)
	require.ErrorIs(t, errOf(o.CreateToken(Token{Name: "u", Owner: "walt", Role: Viewer})), ErrMissing)
	require.ErrorIs(t, errOf(o.CreateToken(Token{Name: "u", Owner: "vera", Role: Admin})), ErrInvalid)
	require.ErrorIs(t, errOf(o.CreateToken(Token{Name: "u", Owner: "ada", Role: Viewer, Expires: o.clock.now()})), ErrInvalid)
	require.Len(t, o.Tokens(), 1)
	for i := range maxTokensUser - 1 {
		require.NoError(t, errOf(o.CreateToken(Token{Name: "t" + strconv.Itoa(i), Owner: "ada", Role: Viewer})))
	}
	require.ErrorIs(t, errOf(o.CreateToken(Token{Name: "one-too-many", Owner: "ada", Role: Viewer})), ErrInvalid)
}

func errOf(_ string, err error) error { return err }

func TestTheTokenOfARun(t *testing.T) {
	t.Parallel()
	o := withUsers(t)
	who, err := o.ByToken(from("192.0.2.1"), "the token of this run")
	require.NoError(t, err)
	require.Equal(t, Identity{Role: Admin, Via: "token of this run"}, who)
	who, err = o.ByPassword(t.Context(), from("192.0.2.1"), "whoever", "the token of this run")
	require.NoError(t, err)
	require.Equal(t, Admin, who.Role)
	none, err := open(Config{}, cheap())
	require.NoError(t, err)
	_, err = none.ByToken(from("192.0.2.1"), "")
	require.ErrorIs(t, err, ErrDenied, "no token is not an empty one")
}

func TestAPasswordIsHashedOnce(t *testing.T) {
	t.Parallel()
	o := withUsers(t)
	ask := func(password string) error {
		_, err := o.ByPassword(t.Context(), from("192.0.2.1"), "vera", password)
		return err
	}
	require.NoError(t, ask(good))
	o.hasher.queue = nil // nothing can be hashed any more
	require.NoError(t, ask(good))
	require.ErrorIs(t, ask(good+"x"), ErrBusy)
	o.hasher.queue = make(chan struct{}, 1)
	require.NoError(t, o.SetPassword(t.Context(), "vera", "another password", false))
	require.ErrorIs(t, ask(good), ErrDenied, "it is forgotten with the old password")
	require.NoError(t, ask("another password"))
	require.NoError(t, o.RemoveUser("vera"))
	require.ErrorIs(t, ask("another password"), ErrDenied)
	for i := range 2 * maxProven {
		o.proven.add(from("192.0.2.1"), "user"+strconv.Itoa(i), good, "hash")
	}
	require.Equal(t, maxProven, o.proven.all.Len())
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	o := withUsers(t)
	begin := func() string {
		id, _, err := o.Login(t.Context(), from("192.0.2.1"), "vera", good)
		require.NoError(t, err)
		return id
	}
	lasts := func(id string) bool {
		_, err := o.BySession(id)
		return err == nil
	}
	idle := begin()
	o.clock.pass(SessionIdle - time.Second)
	require.True(t, lasts(idle))
	o.clock.pass(SessionIdle)
	require.False(t, lasts(idle))

	old := begin()
	for range SessionAge/(SessionIdle/2) - 1 {
		o.clock.pass(SessionIdle / 2)
		require.True(t, lasts(old))
	}
	o.clock.pass(SessionIdle / 2)
	require.False(t, lasts(old), "it was used all the time")

	out := begin()
	o.Logout(out)
	require.False(t, lasts(out))

	changed := begin()
	require.NoError(t, o.SetRole("vera", Admin))
	who, err := o.BySession(changed)
	require.NoError(t, err)
	require.Equal(t, Admin, who.Role, "the role is that of now")
	require.NoError(t, openAt(t, o.dir).SetPassword(t.Context(), "vera", good, false))
	o.clock.pass(lookEvery)
	require.False(t, lasts(changed), "the same password set again is another one")

	first := begin()
	for range maxSessionsUser {
		begin()
	}
	require.False(t, lasts(first), "it was the oldest of many")
	require.Equal(t, maxSessionsUser, o.sessions.all.Len())
	for i := range 2 * maxSessions {
		o.sessions.begin(strconv.Itoa(i), "", o.clock.now())
	}
	require.Equal(t, maxSessions, o.sessions.all.Len())
	last := begin()
	require.NoError(t, o.RemoveUser("vera"))
	require.False(t, lasts(last))
}

func TestGuessingIsSlow(t *testing.T) {
	t.Parallel()
	o := withUsers(t)
	guess := func(ip, name, password string) error {
		_, err := o.ByPassword(t.Context(), from(ip), name, password)
		return err
	}
	var limited *LimitedError
	for range 10 {
		require.ErrorIs(t, guess("2001:db8::1", "ada", "wrong"), ErrDenied)
	}
	require.ErrorAs(t, guess("2001:db8::1", "ada", good), &limited, "even the right one")
	require.ErrorAs(t, guess("2001:db8::2", "nobody", good), &limited, "the network counts")
	require.InDelta(t, 15, limited.After.Seconds(), 0.1)
	require.NoError(t, guess("2001:db8:0:1::1", "ada", good), "others are not shut out")
	o.clock.pass(limited.After)
	require.NoError(t, guess("2001:db8::2", "ada", good))

	// Many networks guess for one user, who is there and who is not: the answers are the same.
	for _, name := range []string{"vera", "nobody"} {
		denied := 0
		for i := range 100 {
			err := guess("10.0."+strconv.Itoa(i)+".1", name, "wrong")
			if errors.Is(err, ErrDenied) {
				denied++
			} else {
				require.ErrorAs(t, err, &limited)
			}
		}
		require.Equal(t, 30, denied, name)
	}
	o.clock.pass(time.Hour)
	require.NoError(t, guess("10.0.0.1", "vera", good))
	for range 100 {
		require.NoError(t, guess("10.0.0.1", "vera", good), "right ones are not counted")
		o.proven.all.Purge()
	}
	for i := range 2 * maxBuckets {
		o.guesses.take(Origin{}, strings.Repeat("x", 200)+strconv.Itoa(i), o.clock.now().Add(time.Duration(i)*time.Minute))
		o.guesses.byUser.take(strconv.Itoa(i), o.clock.now())
	}
	require.LessOrEqual(t, o.guesses.byUser.of.Len(), maxBuckets)
}

// TestWhoWasRightGoesOn while others guess, and helps no guesser elsewhere.
func TestWhoWasRightGoesOn(t *testing.T) {
	t.Parallel()
	o := withUsers(t)
	ask := func(ip, password string) error {
		_, err := o.ByPassword(t.Context(), from(ip), "vera", password)
		return err
	}
	require.NoError(t, ask("192.0.2.1", good))
	for range 10 {
		require.ErrorIs(t, ask("192.0.2.1", "wrong"), ErrDenied)
		require.ErrorIs(t, ask("198.51.100.1", "wrong"), ErrDenied)
	}
	var limited *LimitedError
	require.ErrorAs(t, ask("192.0.2.1", "wrong"), &limited)
	require.NoError(t, ask("192.0.2.1", good))
	require.ErrorAs(t, ask("198.51.100.1", good), &limited, "else it could be guessed without a limit")
}

// TestUnknownUsersTakeAsLong compares times generously: without a hash it would be a thousandth.
func TestUnknownUsersTakeAsLong(t *testing.T) {
	t.Parallel()
	o, err := open(Config{}, cost{memory: 16 << 10, passes: 2, lanes: 1})
	require.NoError(t, err)
	require.NoError(t, o.AddUser(t.Context(), User{Name: "ada", Role: Admin}, good))
	took := func(name string) time.Duration {
		best := time.Hour
		for i := range 5 {
			begin := time.Now()
			_, _, err := o.Login(t.Context(), from("192.0.2."+strconv.Itoa(i)), name, "wrong")
			require.ErrorIs(t, err, ErrDenied)
			best = min(best, time.Since(begin))
		}
		return best
	}
	known, unknown := took("ada"), took("nobody")
	require.Less(t, known, 4*unknown)
	require.Less(t, unknown, 4*known)
}

func TestUsersThatCannotBe(t *testing.T) {
	t.Parallel()
	o := withUsers(t)
	add := func(name, password string) error {
		return o.AddUser(t.Context(), User{Name: name, Role: Viewer}, password)
	}
	for _, name := range []string{"", ".", "-x", "a:b", "a b", "a/b", "ä", strings.Repeat("x", 65), "a\n"} {
		require.ErrorIs(t, add(name, good), ErrInvalid, name)
	}
	require.ErrorIs(t, add("ada", good), ErrExists)
	require.ErrorContains(t, add("long-enough-name", "Long-Enough-Name"), "the password cannot be the name")
	require.ErrorIs(t, o.SetPassword(t.Context(), "walt", good, false), ErrMissing)
	require.ErrorIs(t, o.SetRole("walt", Admin), ErrMissing)
	require.ErrorIs(t, o.SetRole("ada", Viewer), ErrInvalid, "the last admin")
	require.ErrorIs(t, o.RemoveUser("ada"), ErrInvalid, "the last admin")
	require.ErrorIs(t, o.RemoveUser("walt"), ErrMissing)
	require.ErrorContains(t, openAt(t, "").AddUser(t.Context(), User{Name: "v", Role: Viewer}, good), "the first user has to be an admin")
	require.NoError(t, add("ada@example.net", good))
	require.Len(t, o.Users(), 3)
}
