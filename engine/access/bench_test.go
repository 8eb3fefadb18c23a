package access

import (
	"testing"
)

// BenchmarkHash is what a login costs.
func BenchmarkHash(b *testing.B) {
	h := newHasher(usualCost())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := h.hash(b.Context(), good); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAuthenticate is what the credentials of one request cost.
func BenchmarkAuthenticate(b *testing.B) {
	c, err := Open(Config{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	if err := c.AddUser(b.Context(), User{Name: "ada", Role: Admin}, good); err != nil {
		b.Fatal(err)
	}
	secret, err := c.CreateToken(Token{Name: "t", Owner: "ada", Role: Admin})
	if err != nil {
		b.Fatal(err)
	}
	session, _, err := c.Login(b.Context(), from("192.0.2.1"), "ada", good)
	if err != nil {
		b.Fatal(err)
	}
	for name, ask := range map[string]func() error{
		"password": func() error { _, err := c.ByPassword(b.Context(), from("192.0.2.1"), "ada", good); return err },
		"token":    func() error { _, err := c.ByToken(from("192.0.2.1"), secret); return err },
		"session":  func() error { _, err := c.BySession(session); return err },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
