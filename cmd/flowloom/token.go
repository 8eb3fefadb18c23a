package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine/access"
)

//nolint:gosec // no credential
const tokenExample = `  flowloom token create grafana                        reads, for good
  flowloom token create deploy --owner ada --role admin --days 30
  flowloom token list
  flowloom token revoke grafana`

func newToken() *cobra.Command {
	var o accessOptions
	cmd := group("token", "Give programs access", "Tokens are what programs show instead of a password: Authorization: Token ...\n"+accessLong, tokenExample)
	o.flags(cmd)
	cmd.AddCommand(o.tokenCreate(), o.tokenList(), o.tokenRevoke())
	return cmd
}

func (o *accessOptions) tokenCreate() *cobra.Command {
	var owner, role string
	var days int
	cmd := &cobra.Command{
		Use: "create NAME", Short: "Create a token", Args: takes("NAME"),
		Long: "Create a token and print it. It is kept as a hash only, and cannot be shown again.",
		Example: `  flowloom token create grafana
  export FLOWLOOM_TOKEN=$(flowloom token create notebook --days 7)`,
	}
	f := cmd.Flags()
	f.StringVar(&owner, "owner", "admin", "the `user` whose role bounds that of the token, and with whom it goes")
	f.StringVar(&role, "role", access.Viewer.String(), "`role`: viewer or admin")
	f.IntVar(&days, "days", 0, "end after so many `days` (default: never)")
	complete(cmd, "role", access.RoleNames()...)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		may, err := access.ParseRole(role)
		if err != nil {
			return usageError{err}
		}
		if days < 0 || days > maxDays {
			return usageError{fmt.Errorf("cannot end after %d days: choose 1 to %d, or 0 for never", days, maxDays)}
		}
		t := access.Token{Name: args[0], Owner: owner, Role: may}
		if days > 0 {
			t.Expires = time.Now().Add(time.Duration(days) * 24 * time.Hour)
		}
		return o.change(cmd, "create", fmt.Sprintf("token %s of %s, role %s", args[0], owner, role), func(_ context.Context, ctl *access.Control) error {
			secret, err := ctl.CreateToken(t)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), secret)
			if err != nil { // nobody has seen it
				err = errors.Join(fmt.Errorf("nobody could be shown it: %w", err), ctl.RevokeToken(t.Name, "", access.Admin))
			}
			return err
		})
	}
	return cmd
}

// maxDays is as good as never.
const maxDays = 36500

func (o *accessOptions) tokenList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the tokens", Args: takes(), Example: "  flowloom token list",
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctl, err := o.open()
			if err != nil {
				return err
			}
			tokens := ctl.Tokens()
			if len(tokens) == 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "flowloom: there are no tokens in %s; flowloom token create NAME makes one\n", o.dir)
				return nil
			}
			rows := [][]string{{"name", "owner", "role", "created", "expires", "last used"}}
			for _, t := range tokens {
				expires := moment(t.Expires, "never")
				if !t.Expires.IsZero() && time.Now().After(t.Expires) {
					expires += " (over)"
				}
				rows = append(rows, []string{t.Name, t.Owner, t.Role.String(), moment(t.Created, "-"), expires, moment(t.LastUsed, "never")})
			}
			return aligned(cmd.OutOrStdout(), rows)
		},
	}
}

func (o *accessOptions) tokenRevoke() *cobra.Command {
	return &cobra.Command{
		Use: "revoke NAME", Short: "End a token", Args: takes("NAME"), Example: "  flowloom token revoke grafana",
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.change(cmd, "revoke", "token "+args[0], func(_ context.Context, ctl *access.Control) error { return ctl.RevokeToken(args[0], "", access.Admin) })
		},
	}
}
