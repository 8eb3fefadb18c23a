package access

import (
	"fmt"
	"slices"
	"strings"
)

// Role is what somebody may do. A higher one may do all that a lower one may.
type Role uint8

// The roles. The zero value may do nothing.
const (
	Nobody Role = iota
	// Viewer may read everything.
	Viewer
	// Admin may change everything, too.
	Admin
)

func roleNames() []string { return []string{"nobody", "viewer", "admin"} }

// RoleNames are the roles that somebody can have.
func RoleNames() []string { return roleNames()[Viewer:] }

// ParseRole reads the name of a role that somebody can have.
func ParseRole(name string) (Role, error) {
	if i := slices.Index(roleNames(), name); i > 0 {
		return Role(i), nil //nolint:gosec // there are three
	}
	return Nobody, refuse(ErrInvalid, "there is no role %q: the roles are %s", name, strings.Join(RoleNames(), " and "))
}

// String returns the role's name.
func (r Role) String() string {
	if names := roleNames(); int(r) < len(names) {
		return names[r]
	}
	return fmt.Sprintf("role %d", uint8(r))
}

// Covers tells whether who has the role may do what needs another one.
func (r Role) Covers(need Role) bool { return r >= need }

// MarshalText implements encoding.TextMarshaler.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *Role) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRole(string(text))
	return err
}
