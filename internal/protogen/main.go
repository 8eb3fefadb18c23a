// Command protogen writes docs/protocols.md, the list of all protocols and
// applications that the engine knows, from the registry.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	out := flag.String("o", "docs/protocols.md", "`file` to write")
	flag.Parse()
	if err := write(*out); err != nil {
		fmt.Fprintln(os.Stderr, "protogen:", err)
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
