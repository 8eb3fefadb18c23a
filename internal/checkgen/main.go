// Command checkgen writes docs/shipped-checks.md, the list of the checks that come with the
// program, from what they say of themselves.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	out := flag.String("o", "docs/shipped-checks.md", "`file` to write")
	flag.Parse()
	if err := write(*out); err != nil {
		fmt.Fprintln(os.Stderr, "checkgen:", err)
		os.Exit(1)
	}
}

func write(path string) error {
	page, err := page()
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, page, 0o644); err != nil { //nolint:gosec // documentation is for all to read
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return nil
}
