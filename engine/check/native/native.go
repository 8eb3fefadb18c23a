// Package native holds checks in Go, one a file: those that see every flow of busy
// networks, and an example of how to write one. Each exists in Lua too and says the same.
package native

import (
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/flow"
)

// All returns the checks.
func All() []check.Check {
	return []check.Check{
		cleartextCredentials(), cryptoMining(), dangerousHost(), dnsTunnel(), hostVolume(), icmpTunnel(), largeUpload(), longLivedFlow(), lowGoodput(), networkIssues(),
		portScan(), volumeToNetwork(),
	}
}

// native is a check whose start returns the function that runs on each subject.
type native struct {
	info  check.Info
	start func(s *check.Settings) (func(c *check.Call), error)
}

// Info implements check.Check.
func (n *native) Info() check.Info {
	info := n.info
	info.Language = "Go"
	return info
}

// Start implements check.Check.
func (n *native) Start(s check.Settings) (check.Instance, error) {
	run, err := n.start(&s)
	return instance(run), err
}

// instance is a check at work.
type instance func(c *check.Call)

// Run implements check.Instance.
func (in instance) Run(c *check.Call) error {
	in(c)
	return nil
}

// Close implements check.Instance.
func (instance) Close() {}

// client and server return the addresses of a flow as text.
func client(f *flow.Record) string {
	a, _ := f.Client()
	return a.Netip().String()
}

func server(f *flow.Record) string {
	a, _ := f.Server()
	return a.Netip().String()
}

// serverName returns the name that the client asked for, or the server's address.
func serverName(f *flow.Record) string {
	if i := f.DPI.Info; i != nil && i.ServerName != "" {
		return i.ServerName
	}
	return server(f)
}

// upward reports a flow from a local client to a remote server.
func upward(c *check.Call) bool {
	cli, srv := c.Local()
	return cli && !srv
}

// payload returns the bytes of both sides without headers.
func payload(f *flow.Record) uint64 {
	cli, srv := f.SidePayload()
	return cli + srv
}
