package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"gopkg.in/yaml.v3"
)

// settingsFlag names the file that holds flags.
const settingsFlag = "config"

// maxSettings bounds the file's size.
const maxSettings = 1 << 20

// notSettings are the flags that make no sense in the file.
func notSettings() []string { return []string{settingsFlag, "check-config", "help"} }

// useSettings sets the flags of a command as a YAML file has them, but those that stand on
// the command line, too. Errors name the line.
func useSettings(cmd *cobra.Command, path string) error {
	text, private, err := readSettings(path)
	if err != nil {
		return fmt.Errorf("cannot read the configuration: %w", err)
	}
	var doc, second yaml.Node
	documents := yaml.NewDecoder(bytes.NewReader(text))
	if err := documents.Decode(&doc); errors.Is(err, io.EOF) {
		return nil // nothing is set
	} else if err != nil {
		return fmt.Errorf("cannot read the configuration %s: %w", path, err)
	}
	if err := documents.Decode(&second); err == nil {
		return fmt.Errorf("%s:%d: a second document begins here; put all settings into one, without the line ---", path, second.Line)
	} else if !errors.Is(err, io.EOF) {
		return fmt.Errorf("cannot read the configuration %s: %w", path, err)
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		return fmt.Errorf("cannot use the configuration %s: it has to consist of lines like interface: eth0", path)
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		if seen[key.Value] {
			return fmt.Errorf("%s:%d: %s is set twice", path, key.Line, key.Value)
		}
		seen[key.Value] = true
		if key.Value == "token" && !private {
			return fmt.Errorf("%s:%d: others can read the token; chmod 600 %[1]s", path, key.Line)
		}
		if err := set(cmd.Flags(), key.Value, value); err != nil {
			return fmt.Errorf("%s:%d: %w", path, key.Line, err)
		}
	}
	return nil
}

// readSettings also tells whether only the owner can read the file.
func readSettings(path string) (text []byte, private bool, err error) {
	f, err := os.Open(path) //nolint:gosec // the user's own choice
	if err != nil {
		return nil, false, err //nolint:wrapcheck // it names the file
	}
	defer func() { _ = f.Close() }() // read only
	info, err := f.Stat()
	if err != nil {
		return nil, false, err //nolint:wrapcheck // it names the file
	}
	text, err = io.ReadAll(io.LimitReader(f, maxSettings+1))
	if err == nil && len(text) > maxSettings {
		err = fmt.Errorf("%s is longer than %d bytes", path, maxSettings)
	}
	return text, info.Mode().Perm()&0o077 == 0, err //nolint:wrapcheck // it names the file
}

// set sets one flag, unless the command line does.
func set(flags *pflag.FlagSet, name string, value *yaml.Node) error {
	f := flags.Lookup(name)
	if f == nil || slices.Contains(notSettings(), name) {
		return fmt.Errorf("there is no setting %q; their names are those of the flags: flowloom run --help", name)
	}
	texts, err := textsOf(value)
	if err != nil {
		return fmt.Errorf("%s %w", name, err)
	}
	if f.Changed {
		return nil
	}
	if list, ok := f.Value.(pflag.SliceValue); ok {
		err = list.Replace(texts)
	} else if value.Kind == yaml.SequenceNode {
		err = errors.New("it takes one value")
	} else {
		err = f.Value.Set(texts[0])
	}
	if err != nil {
		return fmt.Errorf("cannot set %s to %s: %w", name, strings.Join(texts, ", "), err)
	}
	return nil
}

// textsOf reads a value, or a list of them.
func textsOf(value *yaml.Node) ([]string, error) {
	nodes := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode {
		nodes = value.Content
	}
	texts := []string{}
	for _, n := range nodes {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			return nil, errors.New("needs a value, or a list of values: name: [a, b]")
		}
		texts = append(texts, n.Value)
	}
	return texts, nil
}
