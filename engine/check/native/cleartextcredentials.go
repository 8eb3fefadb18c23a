package native

import (
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/dpi"
)

func cleartextCredentials() check.Check {
	return &native{
		info: check.Info{
			Name: "cleartext_credentials", Hooks: check.HooksOf(check.FlowEnd),
			Detects: "Logins that cross the network unencrypted",
			Tune:    "Exclude hosts whose logins guard nothing",
		},
		start: func(*check.Settings) (func(c *check.Call), error) {
			return func(c *check.Call) {
				f := c.Flow
				if !f.DPI.Risks.Has(dpi.RiskClearTextCredentials) {
					return
				}
				user := "somebody"
				if i := f.DPI.Info; i != nil && i.User != "" {
					user = i.User
				}
				c.Alert(120, user+" logs in at "+server(f)+" by "+f.DPI.Name())
			}, nil
		},
	}
}
