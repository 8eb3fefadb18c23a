package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// typed runs the command line with an input.
func typed(t *testing.T, input string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	root := newRoot()
	root.SetIn(strings.NewReader(input))
	root.SetOut(&out)
	root.SetErr(&errs)
	code = executeRoot(t.Context(), root, args)
	return code, out.String(), errs.String()
}

const goodPassword = "long enough for this"

func TestUsersAndTokensOnTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	// in adds the directory, and expects a code.
	in := func(want int, input string, args ...string) (stdout, stderr string) {
		code, out, errs := typed(t, input, append(args, "--data", dir)...)
		require.Equal(t, want, code, "%v: %s", args, errs)
		require.NotContains(t, out+errs, goodPassword)
		return out, errs
	}
	_, errs := in(exitOK, "", "user", "list")
	require.Contains(t, errs, "there are no users in "+dir)
	require.NoDirExists(t, dir, "to look makes nothing")

	_, errs = in(exitFailed, goodPassword, "user", "add", "bob")
	require.Contains(t, errs, "the first user has to be an admin")
	_, errs = in(exitOK, goodPassword+"\r\nmore", "user", "add", "ada", "--role", "admin")
	require.Contains(t, errs, "add user ada, role admin, in "+filepath.Join(dir, "access.json"))
	in(exitOK, goodPassword+"\n", "user", "add", "bob", "--one-time")
	_, errs = in(exitFailed, goodPassword, "user", "add", "bob")
	require.Contains(t, errs, `there is a user "bob" already`)
	for _, bad := range []string{"", "\n", "short\n"} {
		in(exitFailed, bad, "user", "passwd", "bob")
	}
	in(exitFailed, goodPassword, "user", "passwd", "nobody")
	in(exitOK, goodPassword+"!", "user", "passwd", "bob")
	out, _ := in(exitOK, "", "user", "list")
	require.Regexp(t, `^name  role    created           password set      one-time\n`+
		`ada   admin   \d{4}-\d\d-\d\d \d\d:\d\d  \d{4}-\d\d-\d\d \d\d:\d\d  no\n`+
		`bob   viewer  \d{4}-\d\d-\d\d \d\d:\d\d  \d{4}-\d\d-\d\d \d\d:\d\d  no\n$`, out)

	_, errs = in(exitFailed, "", "token", "create", "grafana")
	require.Contains(t, errs, `cannot create token grafana of admin, role viewer: there is no user "admin"`)
	_, errs = in(exitFailed, "", "token", "create", "x", "--owner", "bob", "--role", "admin")
	require.Contains(t, errs, "can have the role viewer at most")
	out, errs = in(exitOK, "", "token", "list")
	require.Empty(t, out)
	require.Contains(t, errs, "there are no tokens in "+dir)
	secret, _ := in(exitOK, "", "token", "create", "grafana", "--owner", "bob", "--days", "7")
	require.Regexp(t, `^flw_[A-Z2-7]{26}\n$`, secret)
	out, _ = in(exitOK, "", "token", "list")
	require.Regexp(t, `^name     owner  role    created           expires           last used\n`+
		`grafana  bob    viewer  \S+ \S+  \S+ \S+  never\n$`, out)

	_, errs = in(exitFailed, "", "user", "role", "ada", "viewer")
	require.Contains(t, errs, "one user at least has to be an admin")
	in(exitFailed, "", "user", "remove", "ada")
	in(exitOK, "", "user", "role", "bob", "admin")
	in(exitOK, "", "token", "revoke", "grafana")
	in(exitFailed, "", "token", "revoke", "grafana")
	in(exitOK, "", "user", "remove", "bob")

	log, err := os.ReadFile(filepath.Join(dir, "audit.jsonl"))
	require.NoError(t, err)
	require.Contains(t, string(log), `"via":"command line","action":"user add","about":"user ada, role admin","result":"done"`)
	require.Contains(t, string(log), `"action":"token revoke","about":"token grafana","result":"failed"`)
	require.NotContains(t, string(log), goodPassword)
	require.NotContains(t, string(log), strings.TrimSpace(secret))
	kept, err := os.ReadFile(filepath.Join(dir, "access.json"))
	require.NoError(t, err)
	require.NotContains(t, string(kept), goodPassword)
	require.NotContains(t, string(kept), strings.TrimSpace(secret))
}

func TestUsersAndTokensRefuse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"user", "add"}, "cannot go on with 0 arguments: flowloom user add NAME"},
		{[]string{"user", "add", "a", "--role", "god"}, `there is no role "god": the roles are viewer and admin`},
		{[]string{"user", "role", "a", "god"}, `there is no role "god"`},
		{[]string{"user", "role", "a"}, "flowloom user role NAME ROLE"},
		{[]string{"user", "promote", "a"}, "there is no command user promote"},
		{[]string{"user", "list", "x"}, `cannot use "x"`},
		{[]string{"user", "list", "--data", ""}, "give --data"},
		{[]string{"token", "create", "a", "--days", "-1"}, "cannot end after -1 days"},
		{[]string{"token", "create", "a", "--role", "god"}, `there is no role "god"`},
		{[]string{"token", "mint"}, "there is no command token mint"},
	} {
		code, _, errs := typed(t, "", c.args...)
		require.Equal(t, exitUsage, code, "%v: %s", c.args, errs)
		require.Contains(t, errs, c.want)
	}
}
