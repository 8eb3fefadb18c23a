package notify

import (
	"fmt"
	"os"
	"strings"
)

// Secret is a text that not everybody should read: as it stands, or env:NAME or file:PATH for
// where it is.
type Secret string

// open reports whether the secret itself stands here.
func (s Secret) open() bool {
	return s != "" && !strings.HasPrefix(string(s), "env:") && !strings.HasPrefix(string(s), "file:")
}

// reveal returns the secret.
func (s Secret) reveal() (string, error) {
	if name, ok := strings.CutPrefix(string(s), "env:"); ok {
		text, ok := os.LookupEnv(name)
		if !ok || text == "" {
			return "", fmt.Errorf("cannot take a secret from the environment: %s is not set", name)
		}
		return text, nil
	}
	path, ok := strings.CutPrefix(string(s), "file:")
	if !ok {
		return string(s), nil
	}
	const others = 0o007 // a group may be what lets the service read it
	text, mode, err := readFile(path)
	if err != nil {
		return "", fmt.Errorf("cannot take a secret from a file: %w", err)
	}
	if mode&others != 0 {
		return "", fmt.Errorf("cannot take a secret from %s: everybody can use that file; chmod o= %[1]s", path)
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}
