package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// maxLine bounds a line of a password.
const maxLine = 4096

// newPassword asks for a password: twice on a terminal, else it is the first line of the
// input.
func newPassword(cmd *cobra.Command, name string) (string, error) {
	f, ok := cmd.InOrStdin().(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return firstLine(cmd.InOrStdin())
	}
	password, err := askSecret(cmd.Context(), f, cmd.ErrOrStderr(), "New password of "+name+": ")
	if err != nil {
		return "", err
	}
	again, err := askSecret(cmd.Context(), f, cmd.ErrOrStderr(), "Again: ")
	if err == nil && again != password {
		err = errors.New("the two passwords differ")
	}
	return password, err
}

func firstLine(r io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(r, maxLine)).ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	if err != nil && !errors.Is(err, io.EOF) || line == "" {
		return "", fmt.Errorf("cannot read the password from the first line of the input: %w", errors.Join(err, errNoPassword))
	}
	return line, nil
}

var errNoPassword = errors.New("there is none")

// askSecret reads a line from a terminal without showing it. An interrupt gives the
// terminal back as it was.
func askSecret(ctx context.Context, f *os.File, prompt io.Writer, text string) (string, error) {
	fd := int(f.Fd()) //nolint:gosec // descriptors are small
	before, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("cannot ask for the password: %w; give it as the first line of the input", err)
	}
	fmt.Fprint(prompt, text)
	defer fmt.Fprintln(prompt)
	type answer struct {
		line []byte
		err  error
	}
	answered := make(chan answer, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		answered <- answer{line, err}
	}()
	select {
	case a := <-answered:
		if a.err != nil {
			return "", fmt.Errorf("cannot read the password: %w", a.err)
		}
		return string(a.line), nil
	case <-ctx.Done():
		return "", errors.Join(errors.New("interrupted"), term.Restore(fd, before))
	}
}
