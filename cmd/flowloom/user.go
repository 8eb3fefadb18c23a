package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine/access"
)

const userExample = `  flowloom user add ada --role admin       asks for the password
  flowloom user passwd admin               when the one-time password got lost, too
  flowloom user add bob --one-time < file  the first line is the password, until bob changes it
  flowloom user list`

const accessLong = `It works on the directory of the engine; one that runs sees the change within a second.`

func newUser() *cobra.Command {
	var o accessOptions
	cmd := group("user", "Say who may log in", "Users log in with a name and a password: viewers read, admins change things, too.\n"+accessLong, userExample)
	o.flags(cmd)
	cmd.AddCommand(o.userAdd(), o.userList(), o.userPasswd(), o.userRole(), o.userRemove())
	return cmd
}

const oneTimeHelp = "the user has to change the password before anything else"

func (o *accessOptions) userAdd() *cobra.Command {
	var role string
	var oneTime bool
	cmd := &cobra.Command{
		Use: "add NAME", Short: "Add a user", Args: takes("NAME"),
		Long: "Add a user. The password is asked for, or the first line of the input if that is no terminal.",
		Example: `  flowloom user add ada --role admin
  flowloom user add grafana < password.txt`,
	}
	cmd.Flags().StringVar(&role, "role", access.Viewer.String(), "`role`: viewer or admin")
	cmd.Flags().BoolVar(&oneTime, "one-time", false, oneTimeHelp)
	complete(cmd, "role", access.RoleNames()...)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		may, err := access.ParseRole(role)
		if err != nil {
			return usageError{err}
		}
		return o.change(cmd, "add", "user "+args[0]+", role "+role, func(ctx context.Context, ctl *access.Control) error {
			password, err := newPassword(cmd, args[0])
			if err != nil {
				return err
			}
			return ctl.AddUser(ctx, access.User{Name: args[0], Role: may, OneTime: oneTime}, password)
		})
	}
	return cmd
}

func (o *accessOptions) userList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the users", Args: takes(), Example: "  flowloom user list",
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctl, err := o.open()
			if err != nil {
				return err
			}
			users := ctl.Users()
			if len(users) == 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "flowloom: there are no users in %s; flowloom run makes admin when it starts\n", o.dir)
				return nil
			}
			rows := [][]string{{"name", "role", "created", "password set", "one-time"}}
			for _, u := range users {
				oneTime := "no"
				if u.OneTime {
					oneTime = "yes"
				}
				rows = append(rows, []string{u.Name, u.Role.String(), moment(u.Created, "-"), moment(u.Changed, "-"), oneTime})
			}
			return aligned(cmd.OutOrStdout(), rows)
		},
	}
}

func (o *accessOptions) userPasswd() *cobra.Command {
	var oneTime bool
	cmd := &cobra.Command{
		Use: "passwd NAME", Short: "Set a user's password", Args: takes("NAME"),
		Long: "Set a user's password, also a one-time password that has to be changed. All sessions of the user end.",
		Example: `  flowloom user passwd admin
  flowloom user passwd bob --one-time < password.txt`,
	}
	cmd.Flags().BoolVar(&oneTime, "one-time", false, oneTimeHelp)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return o.change(cmd, "set", "password of "+args[0], func(ctx context.Context, ctl *access.Control) error {
			password, err := newPassword(cmd, args[0])
			if err != nil {
				return err
			}
			return ctl.SetPassword(ctx, args[0], password, oneTime)
		})
	}
	return cmd
}

func (o *accessOptions) userRole() *cobra.Command {
	return &cobra.Command{
		Use: "role NAME ROLE", Short: "Give a user another role", Args: takes("NAME", "ROLE"), Example: "  flowloom user role bob admin",
		Long: "Give a user another role, viewer or admin; it bounds those of the user's tokens. One admin has to stay.",
		RunE: func(cmd *cobra.Command, args []string) error {
			role, err := access.ParseRole(args[1])
			if err != nil {
				return usageError{err}
			}
			return o.change(cmd, "change", "user "+args[0]+", role "+args[1], func(_ context.Context, ctl *access.Control) error {
				return ctl.SetRole(args[0], role)
			})
		},
	}
}

func (o *accessOptions) userRemove() *cobra.Command {
	return &cobra.Command{
		Use: "remove NAME", Short: "Remove a user", Args: takes("NAME"), Example: "  flowloom user remove bob",
		Long: "Remove a user with all tokens and sessions. One admin has to stay.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.change(cmd, "remove", "user "+args[0], func(_ context.Context, ctl *access.Control) error { return ctl.RemoveUser(args[0]) })
		},
	}
}
