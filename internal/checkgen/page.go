package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/native"
	"github.com/flowloom/flowloom/js"
	jschecks "github.com/flowloom/flowloom/js/checks"
	"github.com/flowloom/flowloom/lua"
	luachecks "github.com/flowloom/flowloom/lua/checks"
)

const head = `# Shipped checks

<!-- Written by go generate ./lua/checks; do not edit. -->

These checks come with flowloom, and run with ` + "`--checks shipped`" + ` and ` + "`--what alerts`" + `. Their settings stand in one YAML file,
` + "`--checks-config`" + `, by the check's name; there any of them can be switched off or on, get another score, and leave out hosts, networks and
domains ([checks.md](checks.md)). Parameters are shown with their defaults. Each is tested with traffic that it must report and traffic
that it must not (` + "`lua/checks/*_test.go`" + `).

`

// versions are the check of one name in each of its languages.
type versions struct {
	info      check.Info
	languages []string
}

// page returns the whole page; the same checks give the same bytes.
func page() ([]byte, error) {
	all, err := shipped()
	if err != nil {
		return nil, err
	}
	names := slices.Sorted(maps.Keys(all))
	var b bytes.Buffer
	b.WriteString(head)
	b.WriteString("| check | runs on | detects |\n|---|---|---|\n")
	for _, name := range names {
		info := &all[name].info
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", name, name, hooks(info), info.Detects)
	}
	for _, name := range names {
		all[name].section(&b)
	}
	return b.Bytes(), nil
}

func (v *versions) section(b *bytes.Buffer) {
	off := ""
	if v.info.Off {
		off = " It runs only where the settings enable it."
	}
	fmt.Fprintf(b, "\n## %s\n\n%s. In %s.%s\n\nTo tune it: %s.\n", v.info.Name, v.info.Detects, strings.Join(v.languages, ", "), off, lower(v.info.Tune))
	if len(v.info.Params) == 0 {
		return
	}
	fmt.Fprintf(b, "\n```yaml\nchecks:\n  %s:\n", v.info.Name)
	for _, p := range v.info.Params {
		fmt.Fprintf(b, "    %s: %s # %s\n", p.Name, value(p.Default), p.Doc)
	}
	b.WriteString("```\n")
}

func hooks(info *check.Info) string {
	var names []string
	for h := range check.NumHooks {
		if info.Hooks.Has(h) {
			names = append(names, "`"+h.String()+"`")
		}
	}
	return strings.Join(names, ", ")
}

// lower lets a sentence go on behind a colon.
func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// value writes a parameter as YAML.
func value(v any) string {
	switch v := v.(type) {
	case []string:
		return "[" + strings.Join(v, ", ") + "]"
	case float64:
		return fmt.Sprintf("%.10g", v)
	default:
		return fmt.Sprint(v)
	}
}

// shipped returns the checks by name, as they say of themselves in Lua, in which all exist.
func shipped() (map[string]*versions, error) {
	all := make(map[string]*versions)
	err := each(luachecks.Files(), func(path, source string) error {
		s, err := lua.Compile(path, source)
		if err == nil {
			all[s.Info().Name] = &versions{s.Info(), []string{"Lua"}}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, c := range native.All() {
		name := c.Info().Name
		all[name].languages = append([]string{"Go"}, all[name].languages...)
	}
	return all, each(jschecks.Files(), func(path, source string) error {
		s, err := js.Compile(path, source)
		if err == nil {
			name := s.Info().Name
			all[name].languages = append(all[name].languages, "JavaScript")
		}
		return err
	})
}

// each calls see for each file of a folder.
func each(files fs.FS, see func(path, source string) error) error {
	paths, err := fs.Glob(files, "*")
	if err != nil {
		return fmt.Errorf("cannot list the checks: %w", err)
	}
	for _, path := range paths {
		source, err := fs.ReadFile(files, path)
		if err != nil {
			return fmt.Errorf("cannot read a check: %w", err)
		}
		if err := see(path, string(source)); err != nil {
			return err
		}
	}
	return nil
}
