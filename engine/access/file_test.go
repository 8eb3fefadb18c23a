package access

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestWhatIsKeptComesBack(t *testing.T) {
	t.Parallel()
	o := withUsers(t)
	secret, err := o.CreateToken(Token{Name: "grafana", Owner: "vera", Role: Viewer, Expires: o.clock.now().Add(time.Hour)})
	require.NoError(t, err)
	again := openAt(t, o.dir)
	require.Equal(t, o.Users(), again.Users())
	require.Equal(t, o.Tokens(), again.Tokens())
	who, err := again.ByToken(from("192.0.2.1"), secret)
	require.NoError(t, err)
	require.Equal(t, "vera", who.User)

	o.Record(Entry{Action: "test", Result: Done})
	for _, name := range []string{stateFile, lockFile, auditFile, auditLock} {
		info, err := os.Stat(filepath.Join(o.dir, name))
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), name)
	}
	left, err := filepath.Glob(filepath.Join(o.dir, "*.new"))
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestTheDirectoryIsMadeForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new")
	require.NoError(t, openAt(t, dir).AddUser(t.Context(), User{Name: "ada", Role: Admin}, good))
	info, err := os.Stat(dir)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
}

// fileText is the file of two users and a token.
func fileText(t *testing.T) string {
	t.Helper()
	o := withUsers(t)
	_, err := o.CreateToken(Token{Name: "grafana", Owner: "vera", Role: Viewer})
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(o.dir, stateFile))
	require.NoError(t, err)
	return string(text)
}

func TestDamagedFilesAreRefused(t *testing.T) {
	t.Parallel()
	text := fileText(t)
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "it is no such JSON object: EOF"},
		{"twice", text + text, "something stands behind the JSON object"},
		{"version", strings.Replace(text, `"version": 1`, `"version": 2`, 1), "its version is 2; this program knows version 1"},
		{"member", strings.Replace(text, `"owner"`, `"ower"`, 1), `unknown field "ower"`},
		{"role", strings.Replace(text, `"admin"`, `"root"`, 1), `there is no role "root"`},
		{"no role", strings.Replace(text, `"role": "admin",`, "", 1), `user "ada" has no role`},
		{"no admin", strings.Replace(text, `"admin"`, `"viewer"`, 1), "one user at least has to be an admin"},
		{"same name", strings.Replace(text, `"name": "vera"`, `"name": "ada"`, 1), `there is a user "ada" already`},
		{"bad name", strings.Replace(text, `"name": "vera"`, `"name": "vera:"`, 1), "user 2: a name has"},
		{"plain password", strings.Replace(text, `"$argon2id`, `"secret$argon2id`, 1), `user "ada": the password is no hash`},
		{"owner", strings.Replace(text, `"owner": "vera"`, `"owner": "walt"`, 1), `token "grafana": there is no user "walt" to own it`},
		{"hash", strings.Replace(text, `"sha256": "`, `"sha256": "AA`, 1), `token "grafana": its sha256 is not 64 small hexadecimal digits`},
		{"time", strings.Replace(text, `"created": "2026`, `"created": "today 2026`, 1), "it is no such JSON object"},
		{"zone", strings.Replace(text, `Z",`, `+24:00",`, 1), `user "ada": a time is none of RFC 3339`},
		{"zone of a token", strings.Replace(text, `"owner": "vera"`, `"expires": "2027-03-01T12:00:00+24:00", "owner": "vera"`, 1), `token "grafana": a time is none of RFC 3339`},
		{"long", text + strings.Repeat(" ", maxState), "it is longer than"},
	} {
		path := filepath.Join(t.TempDir(), stateFile)
		require.NoError(t, os.WriteFile(path, []byte(c.text), private))
		_, err := Open(Config{Dir: filepath.Dir(path)})
		require.ErrorContains(t, err, c.want, c.name)
		require.ErrorContains(t, err, "cannot use "+path)
		require.NotContains(t, err.Error(), "secret", c.name)
	}
	for n := range len(strings.TrimSpace(text)) {
		_, err := decodeState([]byte(text[:n]))
		require.Error(t, err, "cut off at %d", n)
	}
}

func TestFilesOfOthersAreRefused(t *testing.T) {
	t.Parallel()
	dir, text := t.TempDir(), fileText(t)
	path := filepath.Join(dir, stateFile)
	require.NoError(t, os.WriteFile(path, []byte(text), private))
	for _, mode := range []os.FileMode{0o640, 0o604, 0o620, 0o666} {
		require.NoError(t, os.Chmod(path, mode))
		_, err := Open(Config{Dir: dir})
		require.ErrorContains(t, err, "chmod 600 "+path)
	}
	require.NoError(t, os.Remove(path))
	require.NoError(t, syscall.Mkfifo(path, private))
	_, err := Open(Config{Dir: dir})
	require.ErrorContains(t, err, "it is no regular file")
	require.NoError(t, os.Remove(path))
	require.NoError(t, os.Symlink("/etc/passwd", path))
	_, err = Open(Config{Dir: dir})
	require.ErrorContains(t, err, "it is no regular file")
}

func TestLinksAreNotFollowed(t *testing.T) {
	t.Parallel()
	dir, target := t.TempDir(), filepath.Join(t.TempDir(), "another's")
	require.NoError(t, os.WriteFile(target, nil, 0o644))
	for _, name := range []string{lockFile, auditFile} {
		require.NoError(t, os.Symlink(target, filepath.Join(dir, name)))
	}
	o := openAt(t, dir)
	require.Error(t, o.AddUser(t.Context(), User{Name: "ada", Role: Admin}, good))
	o.Record(Entry{Action: "test", Result: Done})
	require.Contains(t, o.log.String(), "cannot write the audit log")
	text, err := os.ReadFile(target)
	require.NoError(t, err)
	require.Empty(t, text)
}

func FuzzDecodeState(f *testing.F) {
	f.Add([]byte(`{"version":1,"users":[],"tokens":[]}`))
	f.Add([]byte(`{"version":1,"users":[{"name":"ada","role":"admin","created":"2026-03-01T12:00:00Z","changed":"2026-03-01T12:00:00Z","password":"` + known + `"}],` +
		`"tokens":[{"name":"t","owner":"ada","role":"viewer","created":"2026-03-01T12:00:00Z","sha256":"` + strings.Repeat("0a", 32) + `"}]}`))
	f.Add([]byte(`{"version":1,"users":[{"name":"ada","role":"admin","created":"2026-03-01T12:00:00+24:00","changed":"2026-03-01T12:00:00+23:59","password":"` + known + `"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := decodeState(text)
		if err != nil {
			return
		}
		written, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		again, err := decodeState(written)
		if err != nil {
			t.Fatalf("what was read is written as %s, which is refused: %v", written, err)
		}
		if twice, _ := json.Marshal(again); string(twice) != string(written) {
			t.Fatalf("%s became %s", written, twice)
		}
	})
}

// TestAnotherProcessChangesTheFile has a second control stand for the command line.
func TestAnotherProcessChangesTheFile(t *testing.T) {
	t.Parallel()
	engine := withUsers(t)
	cli := openAt(t, engine.dir)
	_, session, err := engine.Login(t.Context(), from("192.0.2.1"), "vera", good)
	require.NoError(t, err)
	require.Equal(t, Viewer, session.Role)

	require.NoError(t, cli.SetRole("vera", Admin))
	secret, err := cli.CreateToken(Token{Name: "new", Owner: "ada", Role: Admin})
	require.NoError(t, err)
	engine.clock.pass(lookEvery)
	who, err := engine.ByToken(from("192.0.2.1"), secret)
	require.NoError(t, err)
	require.Equal(t, "ada", who.User)
	require.Equal(t, Admin, engine.Users()[1].Role)

	// Both change it: neither undoes what the other did.
	require.NoError(t, cli.AddUser(t.Context(), User{Name: "walt", Role: Viewer}, good))
	require.NoError(t, engine.RevokeToken("new", "", Admin))
	require.Len(t, engine.Users(), 3)
	_, err = engine.ByToken(from("192.0.2.1"), secret)
	require.ErrorIs(t, err, ErrDenied)
}

func TestAFileThatBreaksChangesNothing(t *testing.T) {
	t.Parallel()
	o := withUsers(t)
	path := filepath.Join(o.dir, stateFile)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, text[:len(text)/2], private))
	for range 3 {
		o.clock.pass(lookEvery)
		require.Len(t, o.Users(), 2)
	}
	require.Equal(t, 1, strings.Count(o.log.String(), "users and tokens stay as they were"), o.log.String())
	require.ErrorContains(t, o.RemoveUser("vera"), "cannot use "+path, "it is not overwritten")
	require.NoError(t, os.WriteFile(path, text, private))
	o.clock.pass(lookEvery)
	require.NoError(t, o.RemoveUser("vera"))

	require.NoError(t, os.Remove(path))
	o.clock.pass(lookEvery)
	require.Len(t, o.Users(), 1)
	require.NoError(t, o.SetRole("ada", Admin), "it is written anew")
	require.FileExists(t, path)
}

func TestManyChangeAtOnce(t *testing.T) {
	t.Parallel()
	dir := withUsers(t).dir
	var wg sync.WaitGroup
	const each = 8
	for _, name := range []string{"a", "b", "c"} {
		o := openAt(t, dir)
		for i := range each {
			wg.Go(func() {
				secret, err := o.CreateToken(Token{Name: name + string(rune('0'+i)), Owner: "ada", Role: Viewer})
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := o.ByToken(from("192.0.2.1"), secret); err != nil {
					t.Error(err)
				}
				_, _, _ = o.Login(t.Context(), from("192.0.2.1"), "vera", good)
				o.Users()
				o.clock.pass(time.Second)
			})
		}
	}
	wg.Wait()
	require.Len(t, openAt(t, dir).Tokens(), 3*each)
}
