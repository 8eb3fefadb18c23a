package rest

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine/access"
)

// newToken is a token to create.
type newToken struct {
	Token string `json:"token"`
	// Owner is who asks when it is not there; only an admin makes tokens of others.
	Owner   string      `json:"owner"`
	Role    access.Role `json:"role"`
	Expires time.Time   `json:"expires"`
}

func newTokenSchema() schema {
	return object(map[string]schema{
		"token": text("its name: 1 to 64 letters, digits and . _ @ -"), "owner": text("a user, who asks when it is not there; only admins make tokens of others"),
		"role": roleSchema(), "expires": {"type": "string", "format": "date-time", "description": "when it ends; never when it is not there"},
	}, "owner", "role", "expires")
}

func tokenMembers() map[string]schema {
	when := func(about string) schema {
		return schema{"type": []string{"string", "null"}, "format": "date-time", "description": about}
	}
	return map[string]schema{
		"name": text(""), "owner": text("the user with whom it goes"), "role": roleSchema(),
		"created": when(""), "expires": when("null for never"), "last_used": when("to a few minutes; null for never"),
	}
}

// tokens are the own ones, or all for an admin.
func (s *server) tokens(c *gin.Context) {
	who, rows := identity(c), []gin.H{}
	for _, t := range s.cfg.Access.Tokens() {
		if t.Owner == who.User || who.Role.Covers(access.Admin) {
			rows = append(rows, gin.H{
				"name": t.Name, "owner": t.Owner, "role": t.Role,
				"created": orNull(t.Created), "expires": orNull(t.Expires), "last_used": orNull(t.LastUsed),
			})
		}
	}
	c.JSON(http.StatusOK, gin.H{"rows": rows})
}

// orNull is nil for no time.
func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func (s *server) createToken(c *gin.Context) {
	who := identity(c)
	t := newToken{Owner: who.User, Role: access.Viewer}
	if err := body(c, &t); err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	switch {
	case t.Owner == "":
		fail(c, http.StatusBadRequest, "a token needs an owner: the token of this run is no user")
		return
	case t.Owner != who.User && !who.Role.Covers(access.Admin):
		fail(c, http.StatusForbidden, "only an admin makes tokens of others")
		return
	case !who.Role.Covers(t.Role):
		fail(c, http.StatusForbidden, "a token can have no more than your own role")
		return
	case !who.Expires.IsZero() && (t.Expires.IsZero() || t.Expires.After(who.Expires)):
		fail(c, http.StatusForbidden, "a token makes none that lasts longer than itself")
		return
	}
	secret, err := s.cfg.Access.CreateToken(access.Token{Name: t.Token, Owner: t.Owner, Role: t.Role, Expires: t.Expires})
	if err != nil {
		s.refuse(c, err)
		return
	}
	about(c, "token %s of %s, role %v", t.Token, t.Owner, t.Role)
	c.JSON(http.StatusOK, gin.H{"token": t.Token, "secret": secret})
}

func (s *server) revokeToken(c *gin.Context) {
	who := identity(c)
	owner := who.User
	if who.Role.Covers(access.Admin) {
		owner = ""
	}
	if err := s.cfg.Access.RevokeToken(c.Param("token"), owner, who.Role); err != nil {
		s.refuse(c, err)
		return
	}
	c.JSON(http.StatusOK, gin.H{"token": c.Param("token")})
}
