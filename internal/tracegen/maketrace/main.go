// Command maketrace writes a generated capture.
//
//	go run ./internal/tracegen/maketrace -scenario office -o office.pcap
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/flowloom/flowloom/internal/tracegen"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return
		}
		fmt.Fprintln(os.Stderr, "maketrace:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("maketrace", flag.ContinueOnError)
	flags.SetOutput(stderr)
	list := flags.Bool("list", false, "list the scenarios")
	name := flags.String("scenario", "office", "which `scenario` to make")
	out := flags.String("o", "-", "`file` to write; .pcapng gives pcapng, - is standard output (pcap)")
	var opt tracegen.Options
	flags.Uint64Var(&opt.Seed, "seed", 1, "seed of what is random")
	flags.IntVar(&opt.Flows, "n", 0, "flood: `number` of flows (default 100000)")
	flags.IntVar(&opt.First, "first", 0, "flood: `number` of the first flow, for runs with distinct addresses")
	flags.IntVar(&opt.Rounds, "rounds", 0, "flood: packets of each flow (default 4)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *list {
		for _, s := range tracegen.Scenarios() {
			fmt.Fprintf(stdout, "%-10s %s\n", s.Name, s.About)
		}
		return nil
	}
	all := tracegen.Scenarios()
	i := slices.IndexFunc(all, func(s tracegen.Scenario) bool { return s.Name == *name })
	if i < 0 {
		return fmt.Errorf("cannot make %q: no such scenario, see -list", *name)
	}
	return write(all[i], opt, *out, stdout)
}

func write(s tracegen.Scenario, opt tracegen.Options, path string, stdout io.Writer) error {
	frames, err := s.Frames(opt)
	if err != nil {
		return err
	}
	if path == "-" {
		return tracegen.StreamPcap(stdout, frames)
	}
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("cannot write the capture: %w", err)
	}
	stream := tracegen.StreamPcap
	if strings.HasSuffix(path, ".pcapng") {
		stream = tracegen.StreamPcapng
	}
	return errors.Join(stream(file, frames), file.Close())
}
