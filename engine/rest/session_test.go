package rest

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/access"
)

// guardedBy is what answers without an engine, for what asks about access only. Its clock
// stands still.
func guardedBy(t *testing.T) (h http.Handler, who *access.Control, dir string) {
	t.Helper()
	dir = t.TempDir()
	stopped := time.Now()
	who, err := access.Open(access.Config{Dir: dir, Token: token, Now: func() time.Time { return stopped }})
	require.NoError(t, err)
	return New(Config{Access: who}), who, dir
}

// send asks as somebody; headers come in pairs.
func send(t *testing.T, h http.Handler, method, target, body string, headers ...string) reply {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return reply{w}
}

// browser keeps a cookie and its proof.
type browser struct {
	t            *testing.T
	h            http.Handler
	cookie, csrf string
}

func (b *browser) send(method, target, body string) reply {
	b.t.Helper()
	got := send(b.t, b.h, method, target, body, "Cookie", b.cookie, csrfHeader, b.csrf, "Sec-Fetch-Site", "same-origin")
	if set := got.Header().Get("Set-Cookie"); set != "" {
		b.cookie, _, _ = strings.Cut(set, ";")
		b.csrf, _ = got.object(b.t)["csrf_token"].(string)
	}
	return got
}

func TestFirstLogin(t *testing.T) {
	t.Parallel()
	h, who, _ := guardedBy(t)
	once, err := who.FirstAdmin(t.Context())
	require.NoError(t, err)
	b := &browser{t: t, h: h}
	got := b.send(http.MethodPost, "/api/v1/login", `{"user":"admin","password":"`+once+`"}`)
	require.Equal(t, http.StatusOK, got.Code, got.Body.String())
	require.Regexp(t, `^flowloom=[A-Z2-7]{26}; Path=/; HttpOnly; SameSite=Strict$`, got.Header().Get("Set-Cookie"))
	require.Equal(t, true, got.object(t)["one_time"])
	first := *b

	for _, target := range []string{"/api/v1/users", "/api/v1/nothing", "/metrics", "/api/v1/openapi.json"} {
		got = b.send(http.MethodGet, target, "")
		require.Equal(t, http.StatusForbidden, got.Code, target)
		require.Contains(t, got.object(t)["detail"], "the one-time password has to be changed first")
	}
	require.Equal(t, http.StatusForbidden, b.send(http.MethodPost, "/api/v1/tokens", `{"token":"t"}`).Code)
	require.Equal(t, http.StatusOK, b.send(http.MethodGet, "/api/v1/session", "").Code)

	require.Equal(t, http.StatusForbidden, b.send(http.MethodPut, "/api/v1/password", `{"current":"wrong","new":"`+password+`"}`).Code)
	require.Equal(t, http.StatusBadRequest, b.send(http.MethodPut, "/api/v1/password", `{"current":"`+once+`","new":"short"}`).Code)
	got = b.send(http.MethodPut, "/api/v1/password", `{"current":"`+once+`","new":"`+password+`"}`)
	require.Equal(t, http.StatusOK, got.Code, got.Body.String())
	require.NotEqual(t, first.cookie, b.cookie)
	require.Equal(t, http.StatusUnauthorized, first.send(http.MethodGet, "/api/v1/session", "").Code, "other sessions end")
	got = b.send(http.MethodGet, "/api/v1/session", "")
	require.Equal(t, map[string]any{
		"user": "admin", "role": "admin", "via": "session", "one_time": false, "csrf_token": b.csrf, "ends": got.object(t)["ends"],
	}, got.object(t))
	require.Equal(t, http.StatusOK, b.send(http.MethodGet, "/api/v1/users", "").Code)

	out := *b
	require.Equal(t, http.StatusOK, b.send(http.MethodPost, "/api/v1/logout", "").Code)
	require.Equal(t, "flowloom=", b.cookie)
	require.Equal(t, http.StatusUnauthorized, out.send(http.MethodGet, "/api/v1/users", "").Code)
}

func TestAPasswordIsChangedByBasicToo(t *testing.T) {
	t.Parallel()
	h, who, _ := guardedBy(t)
	once, err := who.FirstAdmin(t.Context())
	require.NoError(t, err)
	const header = "Authorization"
	require.Equal(t, http.StatusForbidden, send(t, h, http.MethodGet, "/api/v1/users", "", header, basic("admin", once)).Code)
	got := send(t, h, http.MethodPut, "/api/v1/password", `{"current":"`+once+`","new":"`+password+`"}`, header, basic("admin", once))
	require.Equal(t, http.StatusOK, got.Code, got.Body.String())
	require.Empty(t, got.Header().Get("Set-Cookie"))
	require.Equal(t, http.StatusUnauthorized, send(t, h, http.MethodGet, "/api/v1/users", "", header, basic("admin", once)).Code)
	require.Equal(t, http.StatusOK, send(t, h, http.MethodGet, "/api/v1/users", "", header, basic("admin", password)).Code)
	got = send(t, h, http.MethodPut, "/api/v1/password", `{"current":"x","new":"y"}`, header, "Token "+token)
	require.Equal(t, http.StatusBadRequest, got.Code)
	require.Contains(t, got.object(t)["detail"], "the token of a run is no user's")
}

func TestLoginRefuses(t *testing.T) {
	t.Parallel()
	h, who, _ := guardedBy(t)
	require.NoError(t, who.AddUser(t.Context(), access.User{Name: "ada", Role: access.Admin}, password))
	right := `{"user":"ada","password":"` + password + `"}`
	form := send(t, h, http.MethodPost, "/api/v1/login", right, "Content-Type", "text/plain")
	require.Equal(t, http.StatusUnsupportedMediaType, form.Code)
	other := send(t, h, http.MethodPost, "/api/v1/login", right, "Sec-Fetch-Site", "cross-site")
	require.Equal(t, http.StatusForbidden, other.Code)
	require.Equal(t, http.StatusBadRequest, send(t, h, http.MethodPost, "/api/v1/login", `{"name":"ada"}`).Code)

	unknown := send(t, h, http.MethodPost, "/api/v1/login", `{"user":"eve","password":"wrong"}`)
	wrong := send(t, h, http.MethodPost, "/api/v1/login", `{"user":"ada","password":"wrong"}`)
	require.Equal(t, http.StatusUnauthorized, wrong.Code)
	require.Equal(t, unknown.Body.String(), wrong.Body.String())
	require.Equal(t, unknown.Header(), wrong.Header())
	var got reply
	for range 9 {
		got = send(t, h, http.MethodPost, "/api/v1/login", `{"user":"ada","password":"wrong"}`)
	}
	require.Equal(t, http.StatusTooManyRequests, got.Code)
	require.Equal(t, "15", got.Header().Get("Retry-After"))
	require.Equal(t, http.StatusTooManyRequests, send(t, h, http.MethodPost, "/api/v1/login", right).Code)
	require.Equal(t, http.StatusOK, send(t, h, http.MethodGet, "/api/v1/users", "", "Authorization", "Token "+token).Code, "tokens go on")
}

func TestUsersAndTokens(t *testing.T) {
	t.Parallel()
	h, who, dir := guardedBy(t)
	require.NoError(t, who.AddUser(t.Context(), access.User{Name: "ada", Role: access.Admin}, password))
	ada, bob := basic("ada", password), basic("bob", password)
	as := func(want int, auth, method, target, body string) map[string]any {
		t.Helper()
		got := send(t, h, method, target, body, "Authorization", auth)
		require.Equal(t, want, got.Code, "%s %s %s: %s", method, target, body, got.Body.String())
		return got.object(t)
	}
	const post, put, del, get = http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodGet
	as(200, ada, post, "/api/v1/users", `{"user":"bob","role":"viewer","password":"`+password+`"}`)
	as(409, ada, post, "/api/v1/users", `{"user":"bob","role":"viewer","password":"`+password+`"}`)
	as(400, ada, post, "/api/v1/users", `{"user":"eve","password":"`+password+`"}`)
	as(400, ada, post, "/api/v1/users", `{"user":"eve","role":"god","password":"`+password+`"}`)
	as(400, ada, post, "/api/v1/users", `{"user":"eve","role":"viewer","password":"short"}`)
	as(400, ada, put, "/api/v1/users/bob", `{}`)
	as(404, ada, put, "/api/v1/users/eve", `{"role":"viewer"}`)
	as(400, ada, put, "/api/v1/users/ada", `{"role":"viewer"}`)

	own := as(200, bob, post, "/api/v1/tokens", `{"token":"own"}`)["secret"].(string)
	as(200, ada, post, "/api/v1/tokens", `{"token":"hers","role":"admin","expires":"`+time.Now().Add(time.Hour).Format(time.RFC3339)+`"}`)
	as(403, bob, post, "/api/v1/tokens", `{"token":"x","owner":"ada"}`)
	as(403, bob, post, "/api/v1/tokens", `{"token":"x","role":"admin"}`)
	as(409, bob, post, "/api/v1/tokens", `{"token":"hers"}`)
	as(400, bob, post, "/api/v1/tokens", `{"token":"x","expires":"2020-01-01T00:00:00Z"}`)
	as(400, "Token "+token, post, "/api/v1/tokens", `{"token":"x"}`)
	as(200, "Token "+token, post, "/api/v1/tokens", `{"token":"for-bob","owner":"bob"}`)
	require.Len(t, as(200, bob, get, "/api/v1/tokens", "")["rows"], 2)
	require.Len(t, as(200, ada, get, "/api/v1/tokens", "")["rows"], 3)
	as(404, bob, del, "/api/v1/tokens/hers", "")
	as(200, "Token "+own, get, "/api/v1/tokens", "")
	as(200, bob, del, "/api/v1/tokens/own", "")
	as(401, "Token "+own, get, "/api/v1/tokens", "")
	as(200, ada, del, "/api/v1/tokens/for-bob", "")

	as(200, ada, put, "/api/v1/users/bob", `{"role":"admin","password":"`+password+`2","one_time":true}`)
	as(401, bob, get, "/api/v1/users", "")
	as(403, basic("bob", password+"2"), get, "/api/v1/users", "")
	as(200, ada, del, "/api/v1/users/bob", "")
	as(404, ada, del, "/api/v1/users/bob", "")
	users := as(200, ada, get, "/api/v1/users", "")["rows"].([]any)
	require.Len(t, users, 1)
	require.Equal(t, "ada", users[0].(map[string]any)["name"])

	log, err := os.ReadFile(filepath.Join(dir, "audit.jsonl"))
	require.NoError(t, err)
	for _, secret := range []string{password, own, token} {
		require.NotContains(t, string(log), secret)
	}
	has := func(e access.Entry) {
		t.Helper()
		e.From = "192.0.2.1"
		line, err := json.Marshal(e)
		require.NoError(t, err)
		_, tail, _ := bytes.Cut(line, []byte(`,`)) // without the time
		require.Contains(t, string(log), string(tail))
	}
	has(access.Entry{User: "ada", Via: "password", Action: "POST /api/v1/users", About: "user bob, role viewer", Result: access.Done, Status: 200})
	has(access.Entry{User: "ada", Via: "password", Action: "POST /api/v1/users", Result: access.Failed, Status: 409})
	has(access.Entry{User: "bob", Via: "password", Action: "POST /api/v1/tokens", About: "token own of bob, role viewer", Result: access.Done, Status: 200})
	has(access.Entry{User: "bob", Via: "password", Action: "POST /api/v1/tokens", Result: access.Denied, Status: 403})
	has(access.Entry{Via: "token of this run", Action: "POST /api/v1/tokens", About: "token for-bob of bob, role viewer", Result: access.Done, Status: 200})
	has(access.Entry{User: "ada", Via: "password", Action: "PUT /api/v1/users/bob", About: "role admin, password", Result: access.Done, Status: 200})
	has(access.Entry{User: "ada", Via: "password", Action: "DELETE /api/v1/users/bob", Result: access.Done, Status: 200})
	require.NotContains(t, string(log), "GET ", "who reads is not written down")
}

// TestOverTLS has a real server: what changes there are the cookie and HSTS.
func TestOverTLS(t *testing.T) {
	t.Parallel()
	h, who, _ := guardedBy(t)
	require.NoError(t, who.AddUser(t.Context(), access.User{Name: "ada", Role: access.Admin}, password))
	pair, err := access.SelfSigned("", []string{"127.0.0.1"})
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(h)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	defer server.Close()
	client := server.Client()
	client.Transport.(*http.Transport).TLSClientConfig.RootCAs.AddCert(pair.Leaf)
	r, err := client.Post(server.URL+"/api/v1/login", "application/json", strings.NewReader(`{"user":"ada","password":"`+password+`"}`))
	require.NoError(t, err)
	require.NoError(t, r.Body.Close())
	require.Equal(t, http.StatusOK, r.StatusCode)
	require.Regexp(t, `^__Host-flowloom=[A-Z2-7]{26}; Path=/; HttpOnly; Secure; SameSite=Strict$`, r.Header.Get("Set-Cookie"))
	require.Equal(t, "max-age=31536000", r.Header.Get("Strict-Transport-Security"))
	require.Empty(t, send(t, h, http.MethodGet, "/healthz", "").Header().Get("Strict-Transport-Security"))
}
