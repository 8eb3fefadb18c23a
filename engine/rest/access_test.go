package rest

import (
	"encoding/base64"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/access"
)

// password is that of all users of the tests.
const password = "a password for tests"

// allowed lets in who shows the token, the admin ada and the viewer vera.
func allowed(t *testing.T) *access.Control {
	t.Helper()
	return allowedBy(t, time.Now)
}

// allowedBy does by a clock.
func allowedBy(t *testing.T, now func() time.Time) *access.Control {
	t.Helper()
	who, err := access.Open(access.Config{Dir: t.TempDir(), Token: token, Now: now})
	require.NoError(t, err)
	require.NoError(t, who.AddUser(t.Context(), access.User{Name: "ada", Role: access.Admin}, password))
	require.NoError(t, who.AddUser(t.Context(), access.User{Name: "vera", Role: access.Viewer}, password))
	return who
}

// basic is the header that shows a user and the password.
func basic(name, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(name+":"+password))
}

// aboutAccess is what the routes about users and tokens take; the body of others stays.
func aboutAccess(r *route, body string) (string, []string) {
	switch r.method + " " + r.path {
	case "POST /api/v1/login":
		return `{"user":"vera","password":"` + password + `"}`, []string{"Content-Type", "application/json"}
	case "PUT /api/v1/password":
		return `{"current":"` + password + `","new":"` + password + `2"}`, []string{"Authorization", basic("vera", password)}
	case "POST /api/v1/users":
		return `{"user":"walt","role":"viewer","password":"` + password + `"}`, nil
	case "PUT /api/v1/users/:user":
		return `{"role":"admin"}`, nil
	case "POST /api/v1/tokens":
		return `{"token":"another","owner":"vera"}`, nil
	default:
		return body, nil
	}
}
