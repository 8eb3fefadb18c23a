package main

import (
	"fmt"
	"net"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine/field"
)

// complete offers the values of a flag to the shell.
func complete(cmd *cobra.Command, flag string, values ...string) {
	fixed := cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)
	if err := cmd.RegisterFlagCompletionFunc(flag, fixed); err != nil {
		panic(err) // the flag does not exist: a mistake in this program
	}
}

// completeInterfaces offers the network interfaces, after a comma too; the shell adds files.
func completeInterfaces(cmd *cobra.Command, flag string) {
	names := func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		before := typed[:strings.LastIndexByte(typed, ',')+1]
		var all []string
		if interfaces, err := net.Interfaces(); err == nil { // else there are files
			for _, i := range interfaces {
				all = append(all, before+i.Name)
			}
		}
		return all, cobra.ShellCompDirectiveDefault
	}
	if err := cmd.RegisterFlagCompletionFunc(flag, names); err != nil {
		panic(err) // the flag does not exist: a mistake in this program
	}
}

// completeFields offers the catalogue names of the chosen scope, after a comma and after the
// minus of a descending order, too.
func completeFields(cmd *cobra.Command, flag string, o *outputOptions) {
	names := func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		before := typed[:strings.LastIndexByte(typed, ',')+1]
		if flag == "sort" && strings.HasPrefix(typed[len(before):], "-") {
			before += "-"
		}
		var all []string
		for _, f := range field.Of(o.scope()) {
			all = append(all, fmt.Sprintf("%s%s\t%s", before, f.Name, f.Doc))
		}
		return all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	if err := cmd.RegisterFlagCompletionFunc(flag, names); err != nil {
		panic(err) // the flag does not exist: a mistake in this program
	}
}
