// Command fieldgen writes what follows from the field catalogue: the reference
// page fields.md, the JSON Schemas of the JSON lines, the listings of the Arrow
// schemas, and what editors know of fields in Lua, JavaScript and Python.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	docs := flag.String("docs", "docs", "`folder` to write to")
	flag.Parse()
	if err := write(*docs); err != nil {
		fmt.Fprintln(os.Stderr, "fieldgen:", err)
		os.Exit(1)
	}
}

// write writes all generated files below the docs folder.
func write(docs string) error {
	files, err := generate()
	if err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(docs, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return fmt.Errorf("cannot make the folder for %s: %w", name, err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil { //nolint:gosec // documentation is for all to read
			return fmt.Errorf("cannot write %s: %w", name, err)
		}
	}
	return nil
}
