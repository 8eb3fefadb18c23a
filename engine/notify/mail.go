package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/flowloom/flowloom/engine/alert"
)

// Mail is one or more mailboxes. Alerts that come together come in one mail.
type Mail struct {
	// Server is smtp://host (STARTTLS, port 587) or smtps://host (TLS, port 465).
	Server string `yaml:"server"`
	// Plain sends without TLS, and then without a password.
	Plain bool     `yaml:"plain"`
	From  string   `yaml:"from"`
	To    []string `yaml:"to"`
	// User and Password are for servers that ask.
	User     string `yaml:"user"`
	Password Secret `yaml:"password"`
	// Gather is how long to wait for more before a mail goes out; 0 stands for a second.
	Gather time.Duration `yaml:"gather"`
	TLS    `yaml:",inline"`
}

const (
	defaultGather = time.Second
	maxGather     = 24 * time.Hour
)

type mailer struct {
	cfg     Mail
	host    string
	tls     *tls.Config
	direct  bool // TLS from the first byte
	options []mail.Option
}

func newMail(cfg *Mail) (*mailer, error) {
	m := &mailer{cfg: *cfg}
	u, err := url.Parse(cfg.Server)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" || strings.Trim(u.Path, "/") != "" || u.User != nil {
		return nil, fmt.Errorf("cannot use the server %q: write it as smtp://host:587 or smtps://host:465", cfg.Server)
	}
	if cfg.Plain && (cfg.Password != "" || u.Scheme == "smtps") {
		return nil, errors.New("cannot use plain with a password or with smtps: others could read it")
	}
	if cfg.User == "" && cfg.Password != "" {
		return nil, errors.New("cannot use a password without a user: write whose it is")
	}
	if cfg.Plain {
		if err := cfg.unused("leave out plain"); err != nil {
			return nil, err
		}
	}
	if m.cfg.Gather == 0 {
		m.cfg.Gather = defaultGather
	}
	if m.cfg.Gather < 0 || m.cfg.Gather > maxGather {
		return nil, fmt.Errorf("cannot gather alerts for %v: gather is up to %v", cfg.Gather, maxGather)
	}
	if len(cfg.To) == 0 {
		return nil, errors.New("cannot send mail to nobody: to is a list of addresses")
	}
	if _, err := m.compose(nil); err != nil {
		return nil, err
	}
	m.host = u.Hostname()
	if m.tls, err = m.cfg.config(m.host); err != nil {
		return nil, err
	}
	if m.options, err = m.connect(u); err != nil {
		return nil, err
	}
	if _, err := mail.NewClient(m.host, m.options...); err != nil {
		return nil, fmt.Errorf("cannot use the mail server: %w", err)
	}
	return m, nil
}

// connect says how to reach the server.
func (m *mailer) connect(u *url.URL) ([]mail.Option, error) {
	options := []mail.Option{mail.WithTLSConfig(m.tls), mail.WithTimeout(maxTimeout)} // the context bounds it
	var port int
	switch {
	case u.Scheme == "smtps":
		// We dial ourselves; that nothing is left to do for TLS the library sees then.
		port, m.direct = 465, true
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	case m.cfg.Plain:
		port = 25
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		port = 587
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if u.Port() != "" {
		var err error
		if port, err = strconv.Atoi(u.Port()); err != nil {
			return nil, fmt.Errorf("cannot use the port of %q: %w", m.cfg.Server, err)
		}
	}
	options = append(options, mail.WithPort(port))
	if m.cfg.User != "" {
		password, err := m.cfg.Password.reveal()
		if err != nil {
			return nil, err
		}
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(m.cfg.User), mail.WithPassword(password))
	}
	return options, nil
}

func (m *mailer) gather() time.Duration { return m.cfg.Gather }

func (m *mailer) close() {}

func (m *mailer) send(ctx context.Context, messages []message) error {
	msg, err := m.compose(messages)
	if err != nil {
		return refusedError{err}
	}
	dial := mail.WithDialContextFunc(func(dialing context.Context, network, address string) (net.Conn, error) {
		return m.dial(ctx, dialing, network, address)
	})
	client, err := mail.NewClient(m.host, append(slices.Clone(m.options), dial)...)
	if err != nil {
		return refusedError{fmt.Errorf("cannot use the mail server: %w", err)}
	}
	if err := deliver(ctx, client, msg); err != nil {
		return m.judge(err)
	}
	return nil
}

// dial connects for as long as ctx lasts, which is longer than dialing.
func (m *mailer) dial(ctx, dialing context.Context, network, address string) (c net.Conn, err error) {
	if m.direct {
		c, err = (&tls.Dialer{Config: m.tls}).DialContext(dialing, network, address)
	} else {
		c, err = (&net.Dialer{}).DialContext(dialing, network, address)
	}
	if err == nil {
		context.AfterFunc(ctx, func() { _ = c.Close() }) // it ends every step, and the connection in any case
	}
	return c, err //nolint:wrapcheck // judge does
}

func deliver(ctx context.Context, client *mail.Client, msg *mail.Msg) error {
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return err //nolint:wrapcheck // judge does
	}
	defer func() { _ = client.CloseWithSMTPClient(conn) }() // what was taken stays taken
	return client.SendWithSMTPClient(conn, msg)             //nolint:wrapcheck // judge does
}

// judge tells whether an error is worth another attempt: not if the server takes it for
// permanent (RFC 5321 section 4.2.1).
func (m *mailer) judge(err error) error {
	err = fmt.Errorf("cannot send mail through %s: %w", m.host, err)
	var of *mail.SendError
	if errors.As(err, &of) && of.ErrorCode() >= 500 {
		return refusedError{err}
	}
	return err
}

// compose writes one mail about all messages.
func (m *mailer) compose(messages []message) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := msg.From(m.cfg.From); err != nil {
		return nil, fmt.Errorf("cannot send mail from %q: %w", m.cfg.From, err)
	}
	if err := msg.To(m.cfg.To...); err != nil {
		return nil, fmt.Errorf("cannot send mail to %q: %w", strings.Join(m.cfg.To, ", "), err)
	}
	msg.SetDate()
	msg.SetMessageID()
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: so that nobody's absence is answered
	msg.Subject(subjectOf(messages))
	msg.SetBodyString(mail.TypeTextPlain, bodyOf(messages))
	return msg, nil
}

// maxSubject bounds the subject, in bytes.
const maxSubject = 160

// subjectOf tells the worst of the messages, and how many others there are.
func subjectOf(messages []message) string {
	if len(messages) == 0 {
		return "flowloom"
	}
	worst := &messages[0]
	for i := range messages {
		if messages[i].Score > worst.Score {
			worst = &messages[i]
		}
	}
	// Many spaces would be folded into a line of nothing else, which RFC 5322, section 3.2.2, forbids.
	s := strings.Join(strings.Fields(worst.subject()), " ")
	// What is seen on the wire must not be decoded by the reader's mail program (RFC 2047, section 2).
	s = "[flowloom] " + cut(strings.ReplaceAll(s, "=?", "= ?"), maxSubject)
	if others := len(messages) - 1; others > 0 {
		s += fmt.Sprintf(" (and %d more)", others)
	}
	return s
}

func bodyOf(messages []message) string {
	var b strings.Builder
	for i := range messages {
		m := &messages[i]
		at := func(ns int64) string { return time.Unix(0, ns).UTC().Format(time.RFC3339) }
		fmt.Fprintf(&b, "%s\r\n%s\r\n", oneLine(fmt.Sprintf("%s %s: %s", m.Severity(), m.action, m.Message)),
			oneLine(fmt.Sprintf("    %s: %s %s, score %d, %s", m.Check, m.Entity, m.Subject, m.Score, times(m.Count))))
		fmt.Fprintf(&b, "    %s to %s\r\n", at(m.Time), at(m.Last))
		if m.Status == alert.Acknowledged && m.Label != "" {
			fmt.Fprintf(&b, "    acknowledged: %s\r\n", oneLine(m.Label))
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func times(n uint64) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}
