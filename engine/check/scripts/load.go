package scripts

import (
	"errors"
	"fmt"
	"io/fs"

	"gopkg.in/yaml.v3"

	"github.com/flowloom/flowloom/engine/check"
)

// settingsFile holds what Keep was given last, as --checks-config has it.
const settingsFile = "settings.yaml"

// Load gives a runner the scripts, and its checks the settings that were kept. What cannot
// be used any more is left out, and the reasons returned. It is called once, before anything
// is put.
func (f *Folder) Load(r *check.Runner) (problems []error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.runner = r
	all, err := f.list()
	if err != nil {
		return []error{err}
	}
	for _, s := range all {
		if err := f.load(s.File); err != nil {
			problems = append(problems, err)
		}
	}
	return append(problems, f.configure(r)...)
}

func (f *Folder) load(file string) error {
	source, err := f.Source(file)
	if err != nil {
		return err
	}
	c, err := Compiled(f.compile, file, source)
	if err != nil {
		return err
	}
	return f.start(c)
}

func (f *Folder) configure(r *check.Runner) (problems []error) {
	text, err := f.root.ReadFile(settingsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return []error{fmt.Errorf("cannot read the settings of checks: %w", err)}
	}
	cfg, err := check.ParseConfig(text)
	if err != nil {
		return []error{err}
	}
	for name, set := range cfg.Checks {
		if err := r.Configure(name, *set); err != nil {
			problems = append(problems, err)
		}
	}
	return problems
}

// Keep keeps the settings of a check for the next start.
func (f *Folder) Keep(name string, set check.Settings) error {
	for _, own := range []string{"enabled", "score", "exclude"} {
		if _, taken := set.Params[own]; taken { // YAML has no place for both
			return &UnkeptError{fmt.Errorf("cannot keep the parameter %s of check %s: every check has a setting of that name", own, name)}
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.change(func(all map[string]*check.Settings) { all[name] = &set }); err != nil {
		return &UnkeptError{err}
	}
	return nil
}

// change makes a change to the settings that are kept.
func (f *Folder) change(with func(map[string]*check.Settings)) error {
	cfg := &check.Config{}
	text, err := f.root.ReadFile(settingsFile)
	if err == nil {
		cfg, err = check.ParseConfig(text)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot keep the settings of checks: %w", err)
	}
	if cfg.Checks == nil {
		cfg.Checks = make(map[string]*check.Settings)
	}
	with(cfg.Checks)
	if text, err = yaml.Marshal(cfg); err != nil {
		return fmt.Errorf("cannot keep the settings of checks: %w", err)
	}
	if err := f.write(settingsFile, text); err != nil {
		return fmt.Errorf("cannot keep the settings of checks: %w", err)
	}
	return nil
}
