package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
)

// topTalkers is how many hosts a summary names.
const topTalkers = 10

// printSummaryLine tells in one line what was analysed, and in one more for
// each kind of loss.
func printSummaryLine(w io.Writer, s *engine.Summary) {
	fmt.Fprintf(w, "%s packets, %s, %s flows, %s hosts in %s\n",
		thousands(s.Packets), codec.HumanBytes(s.Bytes), thousands(s.Flows), thousands(uint64(s.Hosts)), span(s)) //nolint:gosec // a length
	for _, c := range s.Counters {
		if c.Value > 0 {
			fmt.Fprintf(w, "  %s: %s (%s)\n", c.Name, thousands(c.Value), c.Help)
		}
	}
}

func span(s *engine.Summary) string { return codec.HumanDuration(s.Last.Sub(s.First)) }

// printSummary writes the whole summary, as text or as one JSON object.
func printSummary(w io.Writer, s *engine.Summary, format string) error {
	if format == "json" {
		return json.NewEncoder(w).Encode(s)
	}
	return summaryText(w, s)
}

func summaryText(w io.Writer, s *engine.Summary) error {
	b := bufio.NewWriter(w)
	line := func(name, value string) { fmt.Fprintf(b, "%-12s %s\n", name, value) }
	line("packets", thousands(s.Packets))
	line("bytes", codec.HumanBytes(s.Bytes))
	line("IP packets", thousands(s.IPPackets))
	line("IP bytes", codec.HumanBytes(s.IPBytes))
	line("flows", thousands(s.Flows))
	line("hosts", thousands(uint64(s.Hosts))) //nolint:gosec // a length
	if s.Packets > 0 {
		line("first", s.First.Format(time.RFC3339Nano))
		line("last", s.Last.Format(time.RFC3339Nano))
		line("duration", span(s))
	}
	if len(s.TopTalkers) > 0 {
		fmt.Fprintf(b, "\ntop talkers\n")
		if err := talkers(b, s); err != nil {
			return err
		}
	}
	fmt.Fprintf(b, "\ndropped or rejected\n")
	lost := false
	for _, c := range s.Counters {
		if c.Value > 0 {
			lost = true
			fmt.Fprintf(b, "  %-24s %12s  %s\n", c.Name, thousands(c.Value), c.Help)
		}
	}
	if !lost {
		fmt.Fprintf(b, "  nothing\n")
	}
	return b.Flush()
}

func talkers(w io.Writer, s *engine.Summary) error {
	cols, err := codec.Select(field.Host, []string{"ip", "vlan_id", "name", "mac", "is_local", "bytes_sent", "bytes_rcvd", "flows_as_client", "flows_as_server", "peers"})
	if err != nil {
		return err
	}
	t := codec.NewTable(w, cols, codec.TableOptions{})
	for _, h := range s.TopTalkers {
		if err := t.Write(h); err != nil {
			return err
		}
	}
	return t.Close()
}

// thousands writes n with a separator: 1,234,567.
func thousands(n uint64) string {
	digits := fmt.Sprint(n)
	var out []byte
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, digits[i])
	}
	return string(out)
}
