package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"gopkg.in/yaml.v3"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/internal/checkfiles"
)

// checkTest is one case of a *.test.yaml file: a script, a capture, and what must come
// of it. Paths are relative to the file.
type checkTest struct {
	Name    string         `yaml:"name"`
	Check   string         `yaml:"check"`
	Capture string         `yaml:"capture"`
	Config  check.Settings `yaml:"config"`
	Alerts  []wantedAlert  `yaml:"alerts"`
}

// wantedAlert is an alert that must be raised; what is not given may be anything.
type wantedAlert struct {
	Subject  string `yaml:"subject"`
	Message  string `yaml:"message"`
	Severity string `yaml:"severity"`
}

func newCheckTest() *cobra.Command {
	return &cobra.Command{
		Use:   "test FOLDER...",
		Short: "Run the tests of checks: *.test.yaml files, or those of folders",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCheckTests(cmd.Context(), cmd.OutOrStdout(), args)
		},
	}
}

func runCheckTests(ctx context.Context, w io.Writer, folders []string) error {
	passed, failed := 0, 0
	for _, folder := range folders {
		files, err := testFiles(folder)
		if err != nil {
			return err
		}
		for _, file := range files {
			cases, err := loadCheckTests(file)
			if err != nil {
				return err
			}
			for i := range cases {
				if err := cases[i].run(ctx, filepath.Dir(file)); err != nil {
					failed++
					fmt.Fprintf(w, "FAIL  %s: %s: %v\n", filepath.Base(file), cases[i].Name, err)
					continue
				}
				passed++
				fmt.Fprintf(w, "ok    %s: %s\n", filepath.Base(file), cases[i].Name)
			}
		}
	}
	switch {
	case failed > 0:
		return fmt.Errorf("%d of %d tests failed", failed, passed+failed)
	case passed == 0:
		return errors.New("there are no tests: a test is a file that ends in .test.yaml")
	}
	return nil
}

// testFiles returns the tests of a folder, or the file if it is one.
func testFiles(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		return []string{path}, nil
	}
	var files []string
	if err == nil {
		files, err = filepath.Glob(filepath.Join(path, "*.test.yaml"))
	}
	if err != nil {
		return nil, fmt.Errorf("cannot look for tests: %w", err)
	}
	return files, nil
}

func loadCheckTests(path string) ([]checkTest, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read a test: %w", err)
	}
	var cases []checkTest
	d := yaml.NewDecoder(strings.NewReader(string(text)))
	d.KnownFields(true)
	if err := d.Decode(&cases); err != nil {
		return nil, fmt.Errorf("cannot read the tests in %s: %w", path, err)
	}
	return cases, nil
}

// nothing is a sink for runs of which only the alerts count.
type nothing struct{}

func (nothing) Flow(*flow.Record) error { return nil }

func (t *checkTest) run(ctx context.Context, dir string) error {
	var loader checkfiles.Loader
	c, err := loader.Compile(filepath.Join(dir, t.Check), nil)
	if err != nil {
		return err
	}
	if err := t.Config.Exclude.Parse(); err != nil {
		return err
	}
	enabled := true
	t.Config.Enabled = &enabled
	runner, err := check.NewRunner([]check.Check{c}, &check.Config{Checks: map[string]*check.Settings{c.Info().Name: &t.Config}}, nil)
	if err != nil {
		return err
	}
	defer runner.Close()
	read := readOptions{order: "time"}
	cfg, err := read.config()
	if err != nil {
		return err
	}
	cfg.Checks = runner
	src, err := read.open(ctx, []string{filepath.Join(dir, t.Capture)})
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }()
	eng, err := engine.New(cfg, src, nothing{})
	if err != nil {
		return err
	}
	if err := eng.Run(ctx); err != nil {
		return err
	}
	if e := runner.Costs()[0].LastError; e != "" {
		return errors.New(e)
	}
	return t.compare(runner.Alerts().All())
}

// compare asks for each wanted alert, and for no other.
func (t *checkTest) compare(got []*alert.Alert) error {
	left := slices.Clone(got)
	for _, w := range t.Alerts {
		i := slices.IndexFunc(left, w.fits)
		if i < 0 {
			return fmt.Errorf("no alert with %v among the %d that were raised", w, len(got))
		}
		left = slices.Delete(left, i, i+1)
	}
	if len(left) > 0 {
		return fmt.Errorf("%d more than expected, such as %q about %s", len(left), left[0].Message, left[0].Subject)
	}
	return nil
}

// String writes what is wanted as in the file.
func (w wantedAlert) String() string {
	var wants []string
	for _, f := range [...][2]string{{"subject", w.Subject}, {"message", w.Message}, {"severity", w.Severity}} {
		if f[1] != "" {
			wants = append(wants, fmt.Sprintf("%s: %q", f[0], f[1]))
		}
	}
	return "{" + strings.Join(wants, ", ") + "}"
}

func (w wantedAlert) fits(a *alert.Alert) bool {
	return (w.Subject == "" || strings.Contains(a.Subject, w.Subject)) && (w.Message == "" || strings.Contains(a.Message, w.Message)) &&
		(w.Severity == "" || w.Severity == a.Severity().String())
}
