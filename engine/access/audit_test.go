package access

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatIsAudited(t *testing.T) {
	t.Parallel()
	o := withUsers(t)
	_, _, err := o.Login(t.Context(), from("192.0.2.1"), "vera", good)
	require.NoError(t, err)
	_, _, err = o.Login(t.Context(), from("192.0.2.1"), "vera", "a wrong password")
	require.ErrorIs(t, err, ErrDenied)
	_, _, err = o.Login(t.Context(), from("::ffff:192.0.2.1"), good, "vera") // in the wrong fields
	require.ErrorIs(t, err, ErrDenied)
	_, err = o.ByToken(from("2001:db8::1"), "flw_WRONG")
	require.ErrorIs(t, err, ErrDenied)
	_, err = o.ByPassword(t.Context(), from("192.0.2.1"), "ada", good)
	require.NoError(t, err)
	_, err = o.ByPassword(t.Context(), from("192.0.2.1"), "ada", good) // it is known by now
	require.NoError(t, err)
	at := o.clock.now()
	require.Equal(t, []Entry{
		{Time: at, User: "vera", Via: "password", From: "192.0.2.1", Action: "login", Result: Done},
		{Time: at, User: "vera", Via: "password", From: "192.0.2.1", Action: "login", Result: Denied},
		{Time: at, Via: "password", From: "192.0.2.1", Action: "login", About: "unknown user", Result: Denied},
		{Time: at, Via: "token", From: "2001:db8::1", Action: "authenticate", Result: Denied},
		{Time: at, User: "ada", Via: "password", From: "192.0.2.1", Action: "authenticate", Result: Done},
	}, o.audited(t))
}

func TestAFloodOfGuessesLeavesTheLogReadable(t *testing.T) {
	t.Parallel()
	o := withUsers(t)
	for range 500 {
		_, _ = o.ByToken(from("192.0.2.1"), "wrong")
		_, _, _ = o.Login(t.Context(), from("192.0.2.1"), "ada", "wrong")
	}
	require.Len(t, o.audited(t), 20)
}

func TestTheLogIsBounded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var wg sync.WaitGroup
	for range 3 { // processes
		l := &auditLog{dir: dir, size: 2000, files: 3}
		for range 2 {
			wg.Go(func() {
				for range 50 {
					if err := l.append(Entry{Action: "test", Result: Done, About: strings.Repeat("x", 20)}); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	wg.Wait()
	files, err := filepath.Glob(filepath.Join(dir, auditFile+"*"))
	require.NoError(t, err)
	require.Len(t, files, 3)
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		require.LessOrEqual(t, len(text), 2000)
		require.NotEmpty(t, entries(t, string(text)), "each line is whole")
	}
}

func TestALineThatWasCutOffIsEnded(t *testing.T) {
	t.Parallel()
	o := withUsers(t)
	path := filepath.Join(o.dir, auditFile)
	require.NoError(t, os.WriteFile(path, []byte(`{"time":"2026`), private))
	o.Record(Entry{Action: "test", Result: Done})
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	_, second, _ := strings.Cut(string(text), "\n")
	require.Len(t, entries(t, second), 1)
}
