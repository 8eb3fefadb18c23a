package rest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/access"
	"github.com/flowloom/flowloom/internal/livetest"
)

// exceptions are the routes that take another role than their method says: reading takes a
// viewer, all else an admin.
func exceptions() map[string]access.Role {
	return map[string]access.Role{
		"POST /api/v1/login":           access.Nobody,
		"GET /healthz":                 access.Nobody,
		"POST /api/v1/logout":          access.Viewer,
		"PUT /api/v1/password":         access.Viewer,
		"POST /api/v1/tokens":          access.Viewer,
		"DELETE /api/v1/tokens/:token": access.Viewer,
		"POST /api/v1/history/query":   access.Viewer,
		"GET /api/v1/users":            access.Admin,
	}
}

func takes(method, path string) access.Role {
	if role, ok := exceptions()[method+" "+path]; ok {
		return role
	}
	if method == http.MethodGet {
		return access.Viewer
	}
	return access.Admin
}

// asker is somebody who asks, with the codes of refusals that are expected; 0 for none.
type asker struct {
	name     string
	headers  []string
	expected func(method string, needs access.Role) int
}

// byRole expects what a role may do.
func byRole(role access.Role) func(string, access.Role) int {
	return func(_ string, needs access.Role) int {
		switch {
		case role.Covers(needs):
			return 0
		case role == access.Nobody:
			return http.StatusUnauthorized
		default:
			return http.StatusForbidden
		}
	}
}

// withoutProof expects what a browser may do that sends nothing but its cookie.
func withoutProof(role access.Role) func(string, access.Role) int {
	return func(method string, needs access.Role) int {
		if method != http.MethodGet && needs != access.Nobody {
			return http.StatusForbidden
		}
		return byRole(role)(method, needs)
	}
}

// askers makes one of each kind; the token that expires does within a minute.
func askers(t *testing.T, who *access.Control) []asker {
	t.Helper()
	secret := func(name, owner string, role access.Role, expires time.Time) string {
		s, err := who.CreateToken(access.Token{Name: name, Owner: owner, Role: role, Expires: expires})
		require.NoError(t, err)
		return s
	}
	login := func(name string) (cookie, csrf string) {
		id, identity, err := who.Login(t.Context(), access.Origin{}, name, password)
		require.NoError(t, err)
		return "flowloom=" + id, identity.Session.CSRF
	}
	const header = "Authorization"
	veras, veraProof := login("vera")
	adas, adaProof := login("ada")
	unproven, _ := login("ada")
	soon := time.Now().Add(time.Minute)
	return []asker{
		{"nobody", nil, byRole(access.Nobody)},
		{"a viewer's token", []string{header, "Token " + secret("v", "vera", access.Viewer, time.Time{})}, byRole(access.Viewer)},
		{"an admin's token for viewing", []string{header, "Bearer " + secret("av", "ada", access.Viewer, time.Time{})}, byRole(access.Viewer)},
		{"an admin's token", []string{header, "bearer " + secret("a", "ada", access.Admin, time.Time{})}, byRole(access.Admin)},
		{"the token of the run", []string{header, "Token " + token}, byRole(access.Admin)},
		{"the token as a password", []string{header, basic("who", token)}, byRole(access.Admin)},
		{"a wrong token", []string{header, "Token wrong"}, byRole(access.Nobody)},
		{"a longer token", []string{header, "Token " + token + "x"}, byRole(access.Nobody)},
		{"a token without its scheme", []string{header, token}, byRole(access.Nobody)},
		{"no token", []string{header, "Token"}, byRole(access.Nobody)},
		{"broken Basic", []string{header, "Basic " + token}, byRole(access.Nobody)},
		{"an expired token", []string{header, "Token " + secret("old", "ada", access.Admin, soon)}, byRole(access.Nobody)},
		{"a viewer's password", []string{header, basic("vera", password)}, byRole(access.Viewer)},
		{"an admin's password", []string{header, basic("ada", password)}, byRole(access.Admin)},
		{"a viewer's cookie", []string{"Cookie", veras, csrfHeader, veraProof}, byRole(access.Viewer)},
		{"an admin's cookie", []string{"Cookie", adas, csrfHeader, adaProof}, byRole(access.Admin)},
		{"a cookie without proof", []string{"Cookie", unproven}, withoutProof(access.Admin)},
		{"a cookie with another's proof", []string{"Cookie", unproven, csrfHeader, veraProof}, withoutProof(access.Admin)},
		{"a wrong cookie", []string{"Cookie", "flowloom=wrong"}, byRole(access.Nobody)},
		{"a wrong token with a good cookie", []string{header, "Token wrong", "Cookie", unproven}, byRole(access.Nobody)},
		{"another site's page", []string{header, basic("ada", password), "Sec-Fetch-Site", "cross-site"}, withoutProof(access.Admin)},
	}
}

// attempt asks for a route as somebody, and returns the status.
func attempt(t *testing.T, h http.Handler, method, path string, headers []string) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if path == "/api/v1/events" {
		ctx, cancel = context.WithCancel(ctx) // it would not end
		cancel()
	}
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader("{"))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	switch w.Code {
	case http.StatusUnauthorized:
		require.NotEmpty(t, w.Header().Get("WWW-Authenticate"))
		fallthrough
	case http.StatusForbidden:
		require.Equal(t, "application/problem+json", w.Header().Get("Content-Type"))
	}
	return w.Code
}

// TestWhoMayAskWhat asks for each route as each kind of asker. A new route is in it: what
// reads takes a viewer, what writes an admin, unless it stands in the exceptions.
func TestWhoMayAskWhat(t *testing.T) {
	t.Parallel()
	live := livetest.Start(t)
	var passed atomic.Int64
	who := allowedBy(t, func() time.Time { return time.Now().Add(time.Duration(passed.Load())) })
	h := New(Config{Engine: live.Engine, History: live.History, Access: who, Compatible: http.NotFoundHandler()})
	type asked struct {
		method, path string
		needs        access.Role
	}
	all := []asked{
		{http.MethodGet, "/nothing", access.Viewer},
		{http.MethodGet, "/api/v1", access.Viewer},
		{http.MethodGet, "/lua/rest/v2/get/host/active.lua", access.Viewer},
		{http.MethodGet, "/lua/pro/rest/v2/get/db/flows.lua", access.Viewer},
		{http.MethodGet, "/lua/rest/v2/connect/test.lua", access.Viewer},
		{http.MethodPost, "/lua/rest/v2/set/host/alias.lua", access.Admin},
		{http.MethodPost, "/lua/rest/v2/acknowledge/host/alerts.lua", access.Admin},
		{http.MethodPost, "/lua/pro/rest/v2/delete/pool.lua", access.Admin},
	}
	for _, r := range (&server{}).routes() {
		all = append(all, asked{r.method, r.path, takes(r.method, r.path)})
	}
	kinds := askers(t, who)
	passed.Store(int64(2 * time.Minute))
	for _, a := range kinds {
		for _, to := range all {
			if to.path == "/api/v1/logout" && strings.Contains(a.name, "'s cookie") {
				continue // it would end the session
			}
			got, want := attempt(t, h, to.method, to.path, a.headers), a.expected(to.method, to.needs)
			name := a.name + ": " + to.method + " " + to.path
			if want != 0 {
				require.Equal(t, want, got, name)
				continue
			}
			require.NotContains(t, []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusInternalServerError}, got, name)
		}
	}
}

// TestWhoListensHasToStayAllowed is about events, which go on for long.
func TestWhoListensHasToStayAllowed(t *testing.T) {
	t.Parallel()
	who := allowed(t)
	s := &server{cfg: Config{Access: who}}
	secret, err := who.CreateToken(access.Token{Name: "t", Owner: "vera", Role: access.Viewer})
	require.NoError(t, err)
	still := func(header string) bool {
		c, _ := gin.CreateTestContext(httptest.NewRecorder())
		c.Request = httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/events", nil)
		c.Request.Header.Set("Authorization", header)
		return s.stillMay(c)
	}
	require.True(t, still("Token "+secret))
	require.True(t, still(basic("vera", password)))
	require.NoError(t, who.SetPassword(t.Context(), "vera", password, true))
	require.False(t, still("Token "+secret), "the password has to be changed first")
	require.NoError(t, who.SetPassword(t.Context(), "vera", password, false))
	require.True(t, still("Token "+secret))
	require.NoError(t, who.RevokeToken("t", "", access.Admin))
	require.False(t, still("Token "+secret))
	require.True(t, still(basic("vera", password)))
	require.NoError(t, who.RemoveUser("vera"))
	require.False(t, still(basic("vera", password)))
}
