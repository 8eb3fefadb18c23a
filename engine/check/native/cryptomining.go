package native

import (
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/dpi"
)

func cryptoMining() check.Check {
	return &native{
		info: check.Info{
			Name: "crypto_mining", Hooks: check.HooksOf(check.FlowEnd),
			Detects: "Mining of crypto-currencies",
			Tune:    "Exclude hosts that are meant to",
		},
		start: func(*check.Settings) (func(c *check.Call), error) {
			return func(c *check.Call) {
				if c.Flow.DPI.Category == dpi.Mining || c.Flow.DPI.MasterName() == "Mining" {
					c.Alert(120, client(c.Flow)+" mines with "+serverName(c.Flow))
				}
			}, nil
		},
	}
}
