package access

import (
	"context"
	"slices"
	"strings"
)

// Users are all of them, by name.
func (c *Control) Users() []User {
	var all []User
	for _, u := range c.now().Users {
		all = append(all, u.User)
	}
	slices.SortFunc(all, func(a, b User) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// AddUser adds a user with a name, a role and a password.
func (c *Control) AddUser(ctx context.Context, u User, password string) error {
	if err := validName(u.Name); err != nil {
		return err
	}
	if err := notName(u.Name, password); err != nil {
		return err
	}
	hash, err := c.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	u.Created = c.stamp()
	u.Changed = u.Created
	return c.change(func(s *state) error {
		if len(s.Users) == 0 && u.Role != Admin {
			return refuse(ErrInvalid, "the first user has to be an admin")
		}
		s.Users = append(s.Users, keptUser{User: u, Password: hash})
		return nil
	})
}

func notName(name, password string) error {
	if strings.EqualFold(name, password) {
		return refuse(ErrInvalid, "the password cannot be the name")
	}
	return nil
}

// SetPassword gives a user another password, with which all sessions of the user end. A
// one-time password lets its user do nothing but change it.
func (c *Control) SetPassword(ctx context.Context, name, password string, oneTime bool) error {
	if err := notName(name, password); err != nil {
		return err
	}
	if _, err := c.now().user(name); err != nil {
		return err
	}
	hash, err := c.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return c.edit(name, func(u *keptUser) {
		u.Password, u.OneTime, u.Changed = hash, oneTime, c.stamp()
	})
}

// Change gives a user another role, another password (see SetPassword), or both or none of them.
func (c *Control) Change(ctx context.Context, name string, role *Role, password *string, oneTime bool) error {
	if _, err := c.now().user(name); err != nil {
		return err
	}
	hash := ""
	if password != nil {
		err := notName(name, *password)
		if err == nil {
			hash, err = c.hasher.hash(ctx, *password)
		}
		if err != nil {
			return err
		}
	}
	return c.edit(name, func(u *keptUser) {
		if role != nil {
			u.Role = *role
		}
		if password != nil {
			u.Password, u.OneTime, u.Changed = hash, oneTime, c.stamp()
		}
	})
}

// SetRole gives a user another role.
func (c *Control) SetRole(name string, role Role) error {
	return c.edit(name, func(u *keptUser) { u.Role = role })
}

func (c *Control) edit(name string, with func(*keptUser)) error {
	return c.change(func(s *state) error {
		i, err := s.user(name)
		if err != nil {
			return err
		}
		with(&s.Users[i])
		return nil
	})
}

// RemoveUser removes a user with all tokens and sessions.
func (c *Control) RemoveUser(name string) error {
	return c.change(func(s *state) error {
		i, err := s.user(name)
		if err != nil {
			return err
		}
		s.Users = slices.Delete(s.Users, i, i+1)
		s.Tokens = slices.DeleteFunc(s.Tokens, func(t keptToken) bool { return t.Owner == name })
		return nil
	})
}
