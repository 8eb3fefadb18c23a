package rest

import (
	"errors"
	"mime"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine/access"
)

// credentials are what a user logs in with.
type credentials struct {
	User     string `json:"user"`
	Password string `json:"password"`
}

// passwords are what a user changes the own password with.
type passwords struct {
	Current string `json:"current"`
	New     string `json:"new"`
}

// sessionView says who asks.
type sessionView struct {
	User    string      `json:"user"`
	Role    access.Role `json:"role"`
	Via     string      `json:"via"`
	OneTime bool        `json:"one_time"`
	CSRF    string      `json:"csrf_token,omitempty"`
	Ends    *time.Time  `json:"ends,omitempty"`
}

func sessionSchema() schema {
	return object(map[string]schema{
		"user": text("name; empty for the token of a run"), "role": roleSchema(), "via": text("password, session, or which token"),
		"one_time":   {"type": "boolean", "description": "the password has to be changed before anything else"},
		"csrf_token": text("of a session: what else than reads takes it in the header " + csrfHeader),
		"ends":       {"type": "string", "format": "date-time", "description": "when a session ends at the latest"},
	}, "csrf_token", "ends")
}

func roleSchema() schema {
	return schema{"type": "string", "enum": access.RoleNames(), "description": "viewer reads, admin changes, too"}
}

func viewOf(who access.Identity) sessionView {
	v := sessionView{User: who.User, Role: who.Role, Via: who.Via, OneTime: who.OneTime}
	if who.Session != nil {
		ends := who.Session.Ends.UTC().Truncate(time.Second)
		v.CSRF, v.Ends = who.Session.CSRF, &ends
	}
	return v
}

// login begins a session. Only a script of our own page, or a program, can send JSON here:
// forms of other pages cannot.
func (s *server) login(c *gin.Context) {
	if kind, _, _ := mime.ParseMediaType(c.GetHeader("Content-Type")); kind != "application/json" {
		fail(c, http.StatusUnsupportedMediaType, "send a JSON object with the header Content-Type: application/json")
		return
	}
	if s.crossOrigin.Check(c.Request) != nil {
		fail(c, http.StatusForbidden, "another site's page cannot log in here")
		return
	}
	var given credentials
	if err := body(c, &given); err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	id, who, err := s.cfg.Access.Login(c.Request.Context(), origin(c), given.User, given.Password)
	if errors.Is(err, access.ErrDenied) {
		unauthorized(c, "the user or the password is wrong")
		return
	}
	if err != nil {
		s.refuse(c, err)
		return
	}
	setSession(c, id)
	c.JSON(http.StatusOK, viewOf(who))
}

func (s *server) logout(c *gin.Context) {
	if identity(c).Session != nil {
		s.cfg.Access.Logout(sessionID(c))
		setSession(c, "")
	}
	c.JSON(http.StatusOK, gin.H{})
}

func (s *server) session(c *gin.Context) { c.JSON(http.StatusOK, viewOf(identity(c))) }

// password changes the own one.
func (s *server) password(c *gin.Context) {
	who := identity(c)
	var given passwords
	if err := body(c, &given); err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	if who.User == "" {
		fail(c, http.StatusBadRequest, "the token of a run is no user's and has no password; set a user's: PUT /api/v1/users/NAME")
		return
	}
	about(c, "password of %s", who.User)
	id, renewed, err := s.cfg.Access.ChangePassword(c.Request.Context(), origin(c), who.User, given.Current, given.New)
	if errors.Is(err, access.ErrDenied) {
		fail(c, http.StatusForbidden, "the current password is wrong")
		return
	}
	if err != nil {
		s.refuse(c, err)
		return
	}
	if who.Session == nil {
		s.cfg.Access.Logout(id) // who sends a password each time needs no session
		who.OneTime = false
		c.JSON(http.StatusOK, viewOf(who))
		return
	}
	setSession(c, id)
	c.JSON(http.StatusOK, viewOf(renewed))
}

// sessionCookie is the cookie's name. With the prefix browsers take it over TLS only, and
// from no other host of the domain.
func sessionCookie(c *gin.Context) string {
	if c.Request.TLS != nil {
		return "__Host-flowloom"
	}
	return "flowloom"
}

func sessionID(c *gin.Context) string {
	cookie, err := c.Request.Cookie(sessionCookie(c))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// setSession gives a browser the secret of its session, or takes it away.
func setSession(c *gin.Context, id string) {
	cookie := &http.Cookie{ //nolint:gosec // Secure where there is TLS: else browsers would not take it
		Name: sessionCookie(c), Value: id, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: c.Request.TLS != nil,
	}
	if id == "" {
		cookie.MaxAge = -1
	}
	http.SetCookie(c.Writer, cookie)
}
