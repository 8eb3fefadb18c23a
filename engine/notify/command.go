package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Command is a program that takes each alert as a line of JSON on its standard input, and
// succeeds with exit code 0. No shell is between; of the environment it gets PATH, HOME, LANG
// and TZ.
type Command struct {
	// Run is the program and its arguments.
	Run []string `yaml:"run"`
}

type command struct {
	run     []string
	encoder *encoder
}

func newCommand(cfg *Command) (*command, error) {
	if len(cfg.Run) == 0 || cfg.Run[0] == "" {
		return nil, errors.New("cannot run no command: write it as run: [/path/to/program, argument]")
	}
	path, err := exec.LookPath(cfg.Run[0])
	if err != nil {
		return nil, fmt.Errorf("cannot run the command: %w", err)
	}
	return &command{run: append([]string{path}, cfg.Run[1:]...), encoder: newEncoder()}, nil
}

func (c *command) gather() time.Duration { return 0 }

func (c *command) close() {}

func (c *command) send(ctx context.Context, messages []message) error {
	for i := range messages {
		if err := c.call(ctx, &messages[i]); err != nil {
			return err
		}
	}
	return nil
}

// grace is how long a command that was killed may hold its output.
const grace = time.Second

func (c *command) call(ctx context.Context, m *message) error {
	cmd := exec.CommandContext(ctx, c.run[0], c.run[1:]...) //nolint:gosec // what the user has set; alerts are only on its input
	cmd.Stdin = bytes.NewReader(append(bytes.Clone(c.encoder.json(m)), '\n'))
	said := &tail{}
	cmd.Stderr = said
	cmd.WaitDelay = grace
	for _, name := range []string{"PATH", "HOME", "LANG", "TZ"} {
		if value, ok := os.LookupEnv(name); ok {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	err := start(cmd)
	if err == nil {
		err = cmd.Wait()
	}
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("cannot run %s: it took too long and was ended", c.run[0])
	case len(said.text) > 0:
		return fmt.Errorf("cannot run %s: %w: %s", c.run[0], err, strings.TrimSpace(string(said.text)))
	default:
		return fmt.Errorf("cannot run %s: %w", c.run[0], err)
	}
}

// tail keeps the end of what is written to it.
type tail struct{ text []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p[max(0, len(p)-maxReason):]...)
	t.text = t.text[max(0, len(t.text)-maxReason):]
	return len(p), nil
}
