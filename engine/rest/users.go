package rest

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine/access"
)

// newUser is a user to add.
type newUser struct {
	User     string      `json:"user"`
	Role     access.Role `json:"role"`
	Password string      `json:"password"`
	OneTime  bool        `json:"one_time"`
}

// userChange is what changes of a user; what is not there stays.
type userChange struct {
	Role     *access.Role `json:"role"`
	Password *string      `json:"password"`
	OneTime  bool         `json:"one_time"`
}

func oneTimeSchema() schema {
	return schema{"type": "boolean", "description": "the password has to be changed before anything else"}
}

func userMembers() map[string]schema {
	return map[string]schema{
		"name": text(""), "role": roleSchema(), "one_time": oneTimeSchema(),
		"created": {"type": "string", "format": "date-time"}, "changed": {"type": "string", "format": "date-time", "description": "when the password was set"},
	}
}

func newUserSchema() schema {
	return object(map[string]schema{
		"user": text("1 to 64 letters, digits and . _ @ -"), "role": roleSchema(), "password": text("at least 10 characters"), "one_time": oneTimeSchema(),
	}, "one_time")
}

func userChangeSchema() schema {
	return object(map[string]schema{"role": roleSchema(), "password": text("another one; the user's sessions end"), "one_time": oneTimeSchema()}, "role", "password", "one_time")
}

func (s *server) users(c *gin.Context) {
	rows := []gin.H{}
	for _, u := range s.cfg.Access.Users() {
		rows = append(rows, gin.H{"name": u.Name, "role": u.Role, "one_time": u.OneTime, "created": u.Created, "changed": u.Changed})
	}
	c.JSON(http.StatusOK, gin.H{"rows": rows})
}

func (s *server) addUser(c *gin.Context) {
	var u newUser
	if err := body(c, &u); err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	if !u.Role.Covers(access.Viewer) {
		fail(c, http.StatusBadRequest, "a user needs a role: admin or viewer")
		return
	}
	err := s.cfg.Access.AddUser(c.Request.Context(), access.User{Name: u.User, Role: u.Role, OneTime: u.OneTime}, u.Password)
	if err != nil {
		s.refuse(c, err)
		return
	}
	about(c, "user %s, role %v", u.User, u.Role)
	c.JSON(http.StatusOK, gin.H{"user": u.User})
}

func (s *server) changeUser(c *gin.Context) {
	var change userChange
	if err := body(c, &change); err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	name := c.Param("user")
	if change.Role == nil && change.Password == nil {
		fail(c, http.StatusBadRequest, "there is nothing to change: send a role, a password or both")
		return
	}
	switch {
	case change.Password == nil:
		about(c, "role %v", *change.Role)
	case change.Role == nil:
		about(c, "password")
	default:
		about(c, "role %v, password", *change.Role)
	}
	if err := s.cfg.Access.Change(c.Request.Context(), name, change.Role, change.Password, change.OneTime); err != nil {
		s.refuse(c, err)
		return
	}
	c.JSON(http.StatusOK, gin.H{"user": name})
}

func (s *server) removeUser(c *gin.Context) {
	if err := s.cfg.Access.RemoveUser(c.Param("user")); err != nil {
		s.refuse(c, err)
		return
	}
	c.JSON(http.StatusOK, gin.H{"user": c.Param("user")})
}
