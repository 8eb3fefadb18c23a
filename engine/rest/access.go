package rest

import (
	"net/http"

	"github.com/flowloom/flowloom/engine/access"
)

// accessRoutes are those about who may ask.
func (s *server) accessRoutes() []route {
	name := func(of string) schema { return object(map[string]schema{of: text("its name")}) }
	inPath := func(name, about string) []schema {
		return []schema{{"name": name, "in": "path", "required": true, "description": about, "schema": text("")}}
	}
	return []route{
		{
			method: http.MethodPost, path: "/api/v1/login", summary: "Begin a session: it comes as a cookie", open: true, fails: []int{401, 403, 415, 429, 503},
			handle: s.login, body: object(map[string]schema{"user": text(""), "password": text("")}), schema: sessionSchema(),
		},
		{method: http.MethodPost, path: "/api/v1/logout", summary: "End the session", role: access.Viewer, pending: true, handle: s.logout, schema: object(map[string]schema{})},
		{method: http.MethodGet, path: "/api/v1/session", summary: "Who asks, and what they may do", pending: true, handle: s.session, schema: sessionSchema()},
		{
			method: http.MethodPut, path: "/api/v1/password", summary: "Change the own password", role: access.Viewer, pending: true, fails: []int{429, 503},
			handle: s.password, body: object(map[string]schema{"current": text(""), "new": text("at least 10 characters")}), schema: sessionSchema(),
		},
		{method: http.MethodGet, path: "/api/v1/users", summary: "The users", role: access.Admin, handle: s.users, schema: rowsOf(userMembers())},
		{method: http.MethodPost, path: "/api/v1/users", summary: "Add a user", fails: []int{409}, handle: s.addUser, body: newUserSchema(), schema: name("user")},
		{
			method: http.MethodPut, path: "/api/v1/users/:user", summary: "Give a user another role or password", named: true,
			handle: s.changeUser, parameters: inPath("user", "a user's name"), body: userChangeSchema(), schema: name("user"),
		},
		{
			method: http.MethodDelete, path: "/api/v1/users/:user", summary: "Remove a user with all tokens and sessions", named: true,
			handle: s.removeUser, parameters: inPath("user", "a user's name"), schema: name("user"),
		},
		{method: http.MethodGet, path: "/api/v1/tokens", summary: "The own tokens; all of them for an admin", handle: s.tokens, schema: rowsOf(tokenMembers())},
		{
			method: http.MethodPost, path: "/api/v1/tokens", summary: "Create a token: the answer alone has the secret", role: access.Viewer, named: true, fails: []int{409},
			handle: s.createToken, body: newTokenSchema(), schema: object(map[string]schema{"token": text("its name"), "secret": text("what a client sends")}),
		},
		{
			method: http.MethodDelete, path: "/api/v1/tokens/:token", summary: "Revoke an own token; any for an admin", role: access.Viewer, named: true,
			handle: s.revokeToken, parameters: inPath("token", "a token's name"), schema: name("token"),
		},
	}
}
