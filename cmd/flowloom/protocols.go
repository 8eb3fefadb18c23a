package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine/dpi"
)

// protocolEntry is one name of the registry as users see it.
type protocolEntry struct {
	Name       string   `json:"name"`
	NDPI       uint16   `json:"ndpi_id,omitempty"`
	Category   string   `json:"category"`
	Breed      string   `json:"breed"`
	DetectedBy string   `json:"detected_by"`
	TCPPorts   []uint16 `json:"tcp_ports,omitempty"`
	UDPPorts   []uint16 `json:"udp_ports,omitempty"`
	Source     string   `json:"source,omitempty"`
}

func newProtocols() *cobra.Command {
	var format, rules string
	cmd := &cobra.Command{
		Use:   "protocols [TEXT]",
		Short: "List the protocols and applications that are known",
		Long:  "List the protocols and applications that are known; TEXT keeps those whose name or category holds it.",
		Example: `  flowloom protocols vpn             all of a category
  flowloom protocols --format json   for scripts`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			reg, err := loadRegistry(rules)
			if err != nil {
				return err
			}
			return printProtocols(cmd.OutOrStdout(), selectProtocols(reg, strings.Join(args, "")), format)
		},
	}
	cmd.Flags().StringVarP(&format, "format", "f", "table", "output `format`: table, json")
	rulesFlag(cmd, &rules)
	complete(cmd, "format", "table", "json")
	return cmd
}

func rulesFlag(cmd *cobra.Command, rules *string) {
	cmd.Flags().StringVar(rules, "rules", "", "`file` with protocols and applications of your own (see docs/protocols.md)")
}

// loadRegistry builds the registry with the user's rules on top.
func loadRegistry(rulesFile string) (*dpi.Registry, error) {
	if rulesFile == "" {
		return dpi.NewRegistry(nil) //nolint:wrapcheck // says what is wrong
	}
	f, err := os.Open(rulesFile)
	if err != nil {
		return nil, usageError{fmt.Errorf("cannot open the rules: %w", err)}
	}
	defer func() { _ = f.Close() }() // read only: nothing is lost
	rules, err := dpi.ParseRules(f, rulesFile)
	if err != nil {
		return nil, usageError{err}
	}
	return dpi.NewRegistry(rules) //nolint:wrapcheck // says what is wrong
}

// selectProtocols lists the names that hold a text, by name.
func selectProtocols(reg *dpi.Registry, text string) []protocolEntry {
	text = strings.ToLower(text)
	var out []protocolEntry
	for i := 1; i < reg.Len(); i++ {
		id := dpi.ID(i) //nolint:gosec // the registry numbers in 16 bits
		p := reg.Protocol(id)
		if !strings.Contains(strings.ToLower(p.Name+" "+p.Category.String()), text) {
			continue
		}
		out = append(out, protocolEntry{
			Name: p.Name, NDPI: p.NDPI, Category: p.Category.String(), Breed: p.Breed.String(), DetectedBy: reg.Kind(id).String(),
			TCPPorts: p.TCPPorts, UDPPorts: p.UDPPorts, Source: p.Source,
		})
	}
	slices.SortFunc(out, func(a, b protocolEntry) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.Name, b.Name))
	})
	return out
}

func printProtocols(w io.Writer, list []protocolEntry, format string) error {
	switch format {
	case "json":
		enc := json.NewEncoder(w)
		for _, p := range list {
			if err := enc.Encode(p); err != nil {
				return fmt.Errorf("cannot write the list: %w", err)
			}
		}
		return nil
	case "table":
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintln(t, "name\tcategory\tbreed\tdetected by\tports\tsource")
		for _, p := range list {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", p.Name, p.Category, p.Breed, p.DetectedBy, ports(p), p.Source)
		}
		return t.Flush() //nolint:wrapcheck // the writer's own
	default:
		return usageError{errors.New("cannot list protocols as " + format + ": use table or json")}
	}
}

// ports writes default ports as tcp:22,udp:53.
func ports(p protocolEntry) string {
	var parts []string
	for _, n := range p.TCPPorts {
		parts = append(parts, fmt.Sprintf("tcp:%d", n))
	}
	for _, n := range p.UDPPorts {
		parts = append(parts, fmt.Sprintf("udp:%d", n))
	}
	return strings.Join(parts, ",")
}
