package notify

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// Recipient says who is told of which alerts, and how. Exactly one of Webhook, Syslog, Mail
// and Command is set.
type Recipient struct {
	Name string `yaml:"-"`
	// Filter is empty for all alerts.
	Filter `yaml:",inline"`
	// Rate is how many messages a minute there may be; what is beyond is told as one number.
	// 0 stands for DefaultRate.
	Rate int `yaml:"rate"`
	// Queue is how many alerts wait at most; 0 stands for DefaultQueue, or
	// for DefaultDigest where one mail tells them all.
	Queue int `yaml:"queue"`
	// Timeout bounds one attempt; 0 stands for DefaultTimeout.
	Timeout time.Duration `yaml:"timeout"`

	Webhook *Webhook `yaml:"webhook"`
	Syslog  *Syslog  `yaml:"syslog"`
	Mail    *Mail    `yaml:"mail"`
	Command *Command `yaml:"command"`

	place string // file:line
}

// Defaults of a [Recipient].
const (
	DefaultRate    = 60
	DefaultQueue   = 1000
	DefaultDigest  = 100 // alerts in a mail
	DefaultTimeout = 10 * time.Second
)

// Bounds of a [Recipient].
const (
	maxRate    = 1_000_000
	maxQueue   = 100_000
	maxTimeout = 5 * time.Minute
)

// maxFile bounds the size of files.
const maxFile = 1 << 20

// Load reads recipients from a YAML file: names, and below them what a Recipient has. Errors
// tell the line. A file with secrets in it may be read by its owner only.
func Load(path string) ([]Recipient, error) {
	text, mode, err := readFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the recipients: %w", err)
	}
	all, err := parse(path, text)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if mode.Perm()&0o077 != 0 && slices.ContainsFunc(all[i].secrets(), Secret.open) {
			return nil, fmt.Errorf("%s: others can read the secrets of %s; chmod 600 %s, or write them as env:NAME or file:PATH", all[i].place, all[i].Name, path)
		}
	}
	return all, nil
}

// parse reads the text of a file.
func parse(path string, text []byte) ([]Recipient, error) {
	var named map[string]*Recipient
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&named); err != nil && !errors.Is(err, io.EOF) {
		return nil, located(path, err)
	}
	if len(named) == 0 {
		return nil, fmt.Errorf("cannot use the recipients %s: there is none; they are like name: {webhook: {url: ...}}", path)
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("cannot use the recipients %s: there is a second document", path)
	}
	var doc yaml.Node // again, for the lines
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, located(path, err)
	}
	var all []Recipient
	for i := 0; i < len(doc.Content[0].Content); i += 2 {
		key := doc.Content[0].Content[i]
		r := cmp.Or(named[key.Value], &Recipient{})
		r.Name, r.place = key.Value, fmt.Sprintf("%s:%d", path, key.Line)
		if err := r.check(); err != nil {
			return nil, fmt.Errorf("%s: %w", r.place, err)
		}
		all = append(all, *r)
	}
	return all, nil
}

// located puts the file before the line in errors of YAML, and the first of them in our words.
func located(path string, err error) error {
	line := regexp.MustCompile(`line (\d+): (.*)`)
	text := err.Error()
	if m := line.FindStringSubmatch(text); m != nil {
		unknown := regexp.MustCompile(`^field (\S+) not found in type \S+$`)
		if f := unknown.FindStringSubmatch(m[2]); f != nil {
			m[2] = fmt.Sprintf("there is no setting %q here", f[1])
		}
		text = m[1] + ": " + m[2]
		return fmt.Errorf("%s:%s", path, text)
	}
	return fmt.Errorf("cannot use the recipients %s: %w", path, err)
}

// readFile returns what is in a small file and who may use it.
func readFile(path string) ([]byte, fs.FileMode, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err //nolint:wrapcheck // it names the file
	}
	defer func() { _ = f.Close() }() // read only
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err //nolint:wrapcheck // it names the file
	}
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(text) > maxFile {
		err = fmt.Errorf("%s is longer than %d bytes", path, maxFile)
	}
	return text, info.Mode(), err
}

// check fills in defaults and says what cannot be.
func (r *Recipient) check() error {
	if !regexp.MustCompile(`^[A-Za-z0-9_.-]{1,64}$`).MatchString(r.Name) {
		return fmt.Errorf("cannot call a recipient %q: names are of letters, digits, _, - and .", r.Name)
	}
	if err := r.Filter.check(); err != nil {
		return err
	}
	queue, most := DefaultQueue, maxQueue
	if r.Mail != nil {
		queue, most = DefaultDigest, DefaultQueue
	}
	r.Rate, r.Queue, r.Timeout = cmp.Or(r.Rate, DefaultRate), cmp.Or(r.Queue, queue), cmp.Or(r.Timeout, DefaultTimeout)
	switch {
	case len(r.kinds()) != 1:
		return fmt.Errorf("cannot tell %s how: it has to have one of webhook, syslog, mail and command", r.Name)
	case r.Rate < 1 || r.Rate > maxRate:
		return fmt.Errorf("cannot send %s %d messages a minute: rate is 1 to %d", r.Name, r.Rate, maxRate)
	case r.Queue < 1 || r.Queue > most:
		return fmt.Errorf("cannot let %d alerts wait for %s: queue is 1 to %d", r.Queue, r.Name, most)
	case r.Timeout < time.Millisecond || r.Timeout > maxTimeout:
		return fmt.Errorf("cannot wait %v for %s: timeout is 1ms to %v", r.Timeout, r.Name, maxTimeout)
	}
	return nil
}

// kinds are the ways to tell it that are set.
func (r *Recipient) kinds() []string {
	var all []string
	for name, set := range map[string]bool{"webhook": r.Webhook != nil, "syslog": r.Syslog != nil, "mail": r.Mail != nil, "command": r.Command != nil} {
		if set {
			all = append(all, name)
		}
	}
	return all
}

// secrets are all that its settings may have.
func (r *Recipient) secrets() []Secret {
	switch {
	case r.Webhook != nil:
		return r.Webhook.secrets()
	case r.Mail != nil:
		return []Secret{r.Mail.Password}
	default:
		return nil
	}
}

// sender opens the way to the recipient; nothing is sent yet.
func (r *Recipient) sender() (sender, error) {
	var s sender
	var err error
	switch {
	case r.Webhook != nil:
		s, err = newWebhook(r.Webhook)
	case r.Syslog != nil:
		s, err = newSyslog(r.Syslog)
	case r.Mail != nil:
		s, err = newMail(r.Mail)
	default:
		s, err = newCommand(r.Command)
	}
	if err != nil {
		return nil, fmt.Errorf("%s%w", strings.TrimPrefix(r.place+": ", ": "), err)
	}
	return s, nil
}
