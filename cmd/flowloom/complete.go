package main

import (
	"fmt"
	"net/netip"
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

// completeFields offers the catalogue names of the chosen scope, after a comma too.
func completeFields(cmd *cobra.Command, flag string, o *outputOptions) {
	names := func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		before := typed[:strings.LastIndexByte(typed, ',')+1]
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

// parsePrefixes reads networks in CIDR form; a bare address is a network of one.
func parsePrefixes(texts []string) ([]netip.Prefix, error) {
	var nets []netip.Prefix
	for _, t := range texts {
		p, err := netip.ParsePrefix(t)
		if a, addrErr := netip.ParseAddr(t); addrErr == nil {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("cannot read local network %q: write it as 192.0.2.0/24 or 2001:db8::/32", t)
		}
		nets = append(nets, p.Masked())
	}
	return nets, nil
}
