package codec

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/flowloom/flowloom/engine/field"
)

// Row is one record of the catalogue. Value fills v, which comes cleared, with
// field i of field.Of(scope). A writer uses a row only during Write.
type Row interface {
	Value(i int, v *field.Value)
}

// Writer takes rows. Close writes what is pending and the trailer of the format;
// it does not close the underlying io.Writer. After an error a writer writes no
// more and returns that error again.
type Writer interface {
	Write(r Row) error
	Close() error
}

// Columns is a selection of a scope's fields, in the order of output.
type Columns struct {
	Scope  field.Scope
	Fields []field.Field
	// Index[i] is the position of Fields[i] in field.Of(Scope).
	Index []int
}

// Select picks fields by name, each once, in the order of the names. A * in a
// name stands for any run of characters (`cli2srv_*`, `*_bytes`); no names pick
// all fields. An unknown name is an error that proposes others.
func Select(scope field.Scope, names []string) (Columns, error) {
	all := field.Of(scope)
	c := Columns{Scope: scope}
	if len(names) == 0 {
		names = []string{"*"}
	}
	taken := make([]bool, len(all))
	for _, name := range names {
		name = strings.TrimSpace(name)
		found := false
		for i := range all {
			if ok, err := path.Match(name, all[i].Name); err != nil || !ok {
				continue
			}
			found = true
			if !taken[i] {
				taken[i] = true
				c.Fields = append(c.Fields, all[i])
				c.Index = append(c.Index, i)
			}
		}
		if !found {
			return Columns{}, unknownField(scope, name)
		}
	}
	return c, nil
}

// inCatalogueOrder returns the same columns in the order of the catalogue.
func (c Columns) inCatalogueOrder() Columns {
	sorted := Columns{Scope: c.Scope, Index: slices.Sorted(slices.Values(c.Index))}
	for _, i := range sorted.Index {
		sorted.Fields = append(sorted.Fields, field.Of(c.Scope)[i])
	}
	return sorted
}

// Defaults returns the fields that a table shows when the user names none, the
// most telling first, because a narrow terminal cuts the last.
func Defaults(scope field.Scope) []string {
	switch scope {
	case field.Host:
		return []string{
			"ip", "vlan_id", "name", "mac", "bytes_sent", "bytes_rcvd", "packets_sent", "packets_rcvd",
			"flows_as_client", "flows_as_server", "peers", "throughput",
		}
	case field.Alert:
		return []string{"first_seen", "severity", "check", "subject", "message", "status", "count"}
	case field.Protocol:
		return []string{"l7_proto", "l7_category", "flows", "packets", "bytes", "cli2srv_bytes", "srv2cli_bytes", "risky_flows"}
	case field.Interface:
		return []string{
			"id", "name", "link_type", "packets", "bytes", "ip_packets", "ip_bytes", "dropped_packets",
			"first_seen", "last_seen", "throughput",
		}
	case field.Network:
		return []string{
			"cidr", "name", "hosts", "ingress_bytes", "egress_bytes", "inner_bytes", "flows_as_client", "flows_as_server",
			"alerted_flows", "flows_score", "rtt", "tcp_retransmissions",
		}
	default:
		// Who talked to whom fits 80 columns; what follows is cut first.
		return []string{
			"first_seen", "l4_proto", "cli_ip", "cli_port", "srv_ip", "srv_port", "l7_proto", "bytes", "server_name",
			"duration", "packets", "state",
		}
	}
}

// The bounds of a proposal: how unlike a name may be, and how many are named.
const (
	maxDistance  = 3
	maxProposals = 3
)

// unknownField names the fields that look most like what was typed.
func unknownField(scope field.Scope, name string) error {
	fields := field.Of(scope)
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = f.Name
	}
	near := Nearest(name, all)
	if len(near) == 0 {
		return fmt.Errorf("there is no %s field %q: docs/fields.md lists them all", scope, name)
	}
	return fmt.Errorf("there is no %s field %q: did you mean %s?", scope, name, strings.Join(near, ", "))
}

// Nearest returns the few names that look most like what was typed, the most alike first.
func Nearest(name string, names []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	var near []candidate
	stem := strings.Trim(name, "*")
	for _, n := range names {
		d := editDistance(stem, n)
		similar := d <= min(maxDistance, len(stem)/2)
		part := len(stem) > 2 && strings.Contains(n, stem)
		if similar || part {
			near = append(near, candidate{n, d})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	var found []string
	for _, c := range near[:min(len(near), maxProposals)] {
		found = append(found, c.name)
	}
	return found
}

// editDistance is the Levenshtein distance of two names; only names of about the
// same length are compared, others are as far apart as their lengths.
func editDistance(a, b string) int {
	if d := max(len(a)-len(b), len(b)-len(a)); d > maxDistance {
		return d
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
