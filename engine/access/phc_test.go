package access

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// known was made by another implementation, the command argon2 of the reference code:
// echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -e
const known = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

func TestHashOfAnotherImplementation(t *testing.T) {
	t.Parallel()
	h, err := parseHash(known)
	require.NoError(t, err)
	require.Equal(t, known, h.String())
	require.True(t, h.matches("password"))
	require.False(t, h.matches("Password"))
}

func TestHashesThatAreRefused(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{
		"", "password", strings.ToUpper(known), known + " ", " " + known, known + "$", known + "=",
		strings.Replace(known, "argon2id", "argon2i", 1),
		strings.Replace(known, "v=19", "v=16", 1),
		strings.Replace(known, "t=2", "t=02", 1),
		strings.Replace(known, "t=2", "t=-2", 1),
		strings.Replace(known, "t=2", "t=0", 1),
		strings.Replace(known, "t=2", "t=17", 1),
		strings.Replace(known, "p=1", "p=0", 1),
		strings.Replace(known, "p=1", "p=256", 1),
		strings.Replace(known, "p=1", "p=1,keyid=x", 1),
		strings.Replace(known, "m=65536", "m=7", 1),
		strings.Replace(known, "m=65536", "m=4194304", 1),
		strings.Replace(known, "c29tZXNhbHQ", "c29t", 1),
		strings.Replace(known, "c29tZXNhbHQ", "c29tZXNhbHR", 1), // its last bits are not zero
		strings.Replace(known, "c29tZXNhbHQ", strings.Repeat("c29t", 30), 1),
		known[:len(known)-30],
	} {
		_, err := parseHash(bad)
		require.Error(t, err, bad)
		require.NotContains(t, err.Error(), "CTFhFdXPJO1", "errors tell nothing of a hash")
	}
	for n := range known {
		_, err := parseHash(known[:n])
		if err == nil {
			require.Greater(t, n, len(known)-22, "a short key is still 16 bytes")
		}
	}
}

func FuzzParseHash(f *testing.F) {
	f.Add(known)
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$$")
	f.Add("$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := parseHash(text)
		if err != nil {
			return
		}
		if h.String() != text {
			t.Fatalf("%q is written as %q", text, h)
		}
		if h.memory > maxMemory || h.passes > maxPasses || h.lanes > maxLanes || len(h.key) > maxBytes || len(h.salt) > maxBytes {
			t.Fatalf("%q costs too much", text)
		}
	})
}

func TestPasswordsAreHashedWithSalt(t *testing.T) {
	t.Parallel()
	h := newHasher(cheap())
	first, err := h.hash(t.Context(), good)
	require.NoError(t, err)
	second, err := h.hash(t.Context(), good)
	require.NoError(t, err)
	require.NotEqual(t, first, second)
	for password, want := range map[string]bool{good: true, good + "x": false, "": false, strings.Repeat("x", maxPassword+1): false} {
		ok, err := h.matches(t.Context(), first, password)
		require.NoError(t, err)
		require.Equal(t, want, ok)
	}
	ok, err := h.matches(t.Context(), "", good)
	require.NoError(t, err)
	require.False(t, ok, "there is no such user")
	for _, bad := range []string{"", "short", strings.Repeat("ä", 9), strings.Repeat("x", maxPassword+1)} {
		_, err := h.hash(t.Context(), bad)
		require.ErrorIs(t, err, ErrInvalid)
	}
	_, err = h.hash(t.Context(), strings.Repeat("ä", 10))
	require.NoError(t, err, "characters count, not bytes")
}

func TestFewHashesAreMadeAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHasher(cheap())
		var mu sync.Mutex
		working, most, busy, done := 0, 0, 0, 0
		var wg sync.WaitGroup
		for range hashSlots + hashQueue + 10 {
			wg.Go(func() {
				err := h.do(t.Context(), func() {
					mu.Lock()
					working++
					most = max(most, working)
					mu.Unlock()
					time.Sleep(time.Second)
					mu.Lock()
					working--
					done++
					mu.Unlock()
				})
				if err != nil {
					mu.Lock()
					busy++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		require.Equal(t, hashSlots, most)
		require.Equal(t, 10, busy)
		require.Equal(t, hashSlots+hashQueue, done)
	})
}

func TestWhoGoesAwayIsNotHashedFor(t *testing.T) {
	t.Parallel()
	h := newHasher(cheap())
	release := make(chan struct{})
	var wg sync.WaitGroup
	for range hashSlots {
		wg.Go(func() { _ = h.do(t.Context(), func() { <-release }) })
	}
	require.Eventually(t, func() bool { return len(h.slots) == hashSlots }, time.Second, time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.hash(ctx, good)
	require.ErrorIs(t, err, context.Canceled)
	close(release)
	wg.Wait()
	require.Empty(t, h.queue)
}
