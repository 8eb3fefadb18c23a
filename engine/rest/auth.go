package rest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine/access"
)

// Where things stand in a request's context.
const (
	identityKey = "identity"
	aboutKey    = "about"
)

// csrfHeader is where a browser sends back what it was given with its session.
const csrfHeader = "X-CSRF-Token"

// reading tells whether a route changes nothing.
func (r *route) reading() bool { return r.reads || safe(r.method) }

// needs is the role that a route takes.
func (r *route) needs() access.Role {
	switch {
	case r.role != access.Nobody:
		return r.role
	case r.reading():
		return access.Viewer
	default:
		return access.Admin
	}
}

// safe methods change nothing (RFC 9110 section 9.2.1).
func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// guarded puts before a handler what its route takes, and after it a line in the audit log
// if something may have changed.
func (s *server) guarded(of func(*gin.Context) *route, handle gin.HandlerFunc) []gin.HandlerFunc {
	return []gin.HandlerFunc{
		func(c *gin.Context) { s.record(c, of(c)) },
		func(c *gin.Context) { s.authorize(c, of(c)) },
		handle,
	}
}

// always is one route for all requests.
func always(r *route) func(*gin.Context) *route { return func(*gin.Context) *route { return r } }

// authorize lets those pass who may use a route.
func (s *server) authorize(c *gin.Context, r *route) {
	if r.open {
		return
	}
	who, err := s.identify(c)
	if err != nil {
		s.refuse(c, err)
		return
	}
	c.Set(identityKey, who)
	switch {
	case who.OneTime && !r.pending:
		fail(c, http.StatusForbidden, "the one-time password has to be changed first: PUT /api/v1/password, or flowloom user passwd "+who.User)
	case !who.Role.Covers(r.needs()):
		fail(c, http.StatusForbidden, fmt.Sprintf("this takes the role %v; yours is %v", r.needs(), who.Role))
	case (!safe(c.Request.Method) || !r.reading()) && !s.sameOrigin(c, who):
		fail(c, http.StatusForbidden, "a browser has to send the csrf_token of its session (GET /api/v1/session) in the header "+csrfHeader)
	}
}

// stillMay tells whether who asked, and listens since, may still read.
func (s *server) stillMay(c *gin.Context) bool {
	who, err := s.identify(c)
	return err == nil && !who.OneTime && who.Role.Covers(access.Viewer)
}

// sameOrigin tells whether the page that asks is ours, so that another page does nothing in
// the name of who looks at it. Programs are no pages.
func (s *server) sameOrigin(c *gin.Context, who access.Identity) bool {
	if s.crossOrigin.Check(c.Request) != nil {
		return false
	}
	return who.Session == nil || who.Session.Confirms(c.GetHeader(csrfHeader))
}

// identify finds who asks: by the header Authorization as "Token ...", "Bearer ..." (RFC
// 6750) or "Basic ..." (RFC 7617), or by the cookie of a session.
func (s *server) identify(c *gin.Context) (access.Identity, error) {
	if name, password, ok := c.Request.BasicAuth(); ok {
		return s.cfg.Access.ByPassword(c.Request.Context(), origin(c), name, password)
	}
	header := c.GetHeader("Authorization")
	scheme, token, _ := strings.Cut(header, " ")
	if strings.EqualFold(scheme, "Token") || strings.EqualFold(scheme, "Bearer") {
		return s.cfg.Access.ByToken(origin(c), strings.TrimSpace(token))
	}
	id := sessionID(c)
	if header != "" || id == "" {
		return access.Identity{}, access.ErrDenied
	}
	return s.cfg.Access.BySession(id)
}

// origin is where a request comes from. Headers of proxies are not believed: anybody can
// send them.
func origin(c *gin.Context) access.Origin {
	at, _ := netip.ParseAddrPort(c.Request.RemoteAddr)
	return access.Origin{Addr: at.Addr()}
}

// identity is who asks, once that is known.
func identity(c *gin.Context) access.Identity {
	who, _ := c.Value(identityKey).(access.Identity)
	return who
}

// unauthorized asks for credentials. Basic is not offered: browsers would ask for a
// password, and send it from then on.
func unauthorized(c *gin.Context, detail string) {
	c.Header("WWW-Authenticate", `Bearer realm="flowloom"`)
	fail(c, http.StatusUnauthorized, detail)
}

// refuse answers what access refuses.
func (s *server) refuse(c *gin.Context, err error) {
	var limited *access.LimitedError
	switch {
	case errors.As(err, &limited):
		c.Header("Retry-After", strconv.Itoa(int(math.Ceil(limited.After.Seconds()))))
		fail(c, http.StatusTooManyRequests, err.Error())
	case errors.Is(err, access.ErrDenied):
		unauthorized(c, "a user or a token is needed: log in, or send the header Authorization: Token ... with one that counts")
	case errors.Is(err, access.ErrBusy):
		c.Header("Retry-After", "1")
		fail(c, http.StatusServiceUnavailable, err.Error())
	case errors.Is(err, access.ErrInvalid):
		fail(c, http.StatusBadRequest, err.Error())
	case errors.Is(err, access.ErrMissing):
		fail(c, http.StatusNotFound, err.Error())
	case errors.Is(err, access.ErrExists):
		fail(c, http.StatusConflict, err.Error())
	case errors.Is(err, context.Canceled):
		fail(c, http.StatusServiceUnavailable, "the client went away")
	default:
		fail(c, http.StatusInternalServerError, err.Error())
	}
}

// about says for the audit log what something is done to, where the path does not.
func about(c *gin.Context, format string, args ...any) { c.Set(aboutKey, fmt.Sprintf(format, args...)) }

// record writes into the audit log what was done, or refused to somebody who is known.
// Who is not known is told of by access.
func (s *server) record(c *gin.Context, r *route) {
	if r.reading() {
		return
	}
	result := access.Failed // also of a handler that panics
	defer func() {
		who := identity(c)
		if who.Role == access.Nobody {
			return
		}
		e := access.Entry{User: who.User, Via: who.Via, From: origin(c).String(), Action: c.Request.Method + " " + shorten(c.Request.URL.Path), Result: result, Status: c.Writer.Status()}
		e.About, _ = c.Value(aboutKey).(string)
		s.cfg.Access.Record(e)
	}()
	c.Next()
	switch status := c.Writer.Status(); {
	case status < http.StatusBadRequest:
		result = access.Done
	case status == http.StatusForbidden || status == http.StatusUnauthorized:
		result = access.Denied
	}
}

// shorten bounds what clients can write into the log.
func shorten(text string) string { return strings.ToValidUTF8(text[:min(len(text), 200)], "") }
