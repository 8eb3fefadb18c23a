package notify

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"
)

// postOffice takes mail, from those who know the password if there is one.
type postOffice struct {
	password string
	answers  []error // to the next mails
	mu       sync.Mutex
	got      []letter
}

type letter struct {
	from string
	to   []string
	text []byte
	user string
	tls  bool
}

type visit struct {
	office *postOffice
	conn   *smtp.Conn
	letter letter
}

func (o *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &visit{office: o, conn: c}, nil
}

func (v *visit) Reset()        { v.letter = letter{user: v.letter.user} }
func (v *visit) Logout() error { return nil }
func (v *visit) AuthMechanisms() []string {
	return []string{sasl.Plain}
}

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != v.office.password {
			return smtp.ErrAuthFailed
		}
		v.letter.user = user
		return nil
	}), nil
}

func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	if v.office.password != "" && v.letter.user == "" {
		return smtp.ErrAuthRequired
	}
	v.letter.from = from
	return nil
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.letter.to = append(v.letter.to, to)
	return nil
}

func (v *visit) Data(r io.Reader) error {
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	if len(v.office.answers) > 0 {
		err := v.office.answers[0]
		v.office.answers = v.office.answers[1:]
		return err
	}
	var err error
	v.letter.text, err = io.ReadAll(r)
	_, v.letter.tls = v.conn.TLSConnectionState()
	v.office.got = append(v.office.got, v.letter)
	return err
}

func (o *postOffice) letters() []letter {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.got
}

// opened begins to take mail and returns the address.
func (o *postOffice) opened(t *testing.T, l net.Listener, cfg *tls.Config) string {
	t.Helper()
	s := smtp.NewServer(o)
	s.Domain, s.TLSConfig, s.ErrorLog = "localhost", cfg, discarded{}
	s.ReadTimeout, s.WriteTimeout = 10*time.Second, 10*time.Second
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	return l.Addr().String()
}

type discarded struct{}

func (discarded) Printf(string, ...any) {}
func (discarded) Println(...any)        {}

func listening(t *testing.T) net.Listener {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	return l
}

func mailTo(server, ca string) *Mail {
	return &Mail{
		Server: server, From: "Flowloom <flowloom@example.net>", To: []string{"oncall@example.net", "noc@example.net"},
		User: "flowloom", Password: "a password", Gather: 100 * time.Millisecond, TLS: TLS{CA: ca},
	}
}

// opened mail: its headers, and its text decoded.
func read(t *testing.T, l letter) (*mail.Message, string) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(l.text))
	require.NoError(t, err)
	body := m.Body
	if m.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	require.NoError(t, err)
	return m, string(text)
}

func TestMailWithSTARTTLS(t *testing.T) {
	t.Parallel()
	pair, ca, _ := ownCertificate(t)
	office := &postOffice{password: "a password", answers: []error{&smtp.SMTPError{Code: 451, Message: "later"}}}
	address := office.opened(t, listening(t), &tls.Config{Certificates: []tls.Certificate{pair}})
	n := started(t, Recipient{Name: "mail", Queue: 20, Mail: mailTo("smtp://"+address, ca)})
	for i := range 30 {
		e := event(i)
		e.Message = "größer\r\nBcc: thief@example.net\r\n.\r\nmore"
		e.Score = uint8(10 + i)
		n.Tell(e)
	}
	eventually(t, func() bool { return len(office.letters()) == 1 }, n.Stats()[0].LastError)
	l := office.letters()[0]
	require.True(t, l.tls)
	require.Equal(t, "flowloom", l.user)
	require.Equal(t, "flowloom@example.net", l.from)
	require.Equal(t, []string{"oncall@example.net", "noc@example.net"}, l.to, "and nobody else")
	m, text := read(t, l)
	require.Empty(t, m.Header.Get("Bcc"))
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	require.NoError(t, err)
	require.Equal(t, "[flowloom] notice summary: notify mail: 10 more alerts (and 20 more)", subject)
	require.Equal(t, 20, strings.Count(text, "port_scan: host 192.0.2."))
	require.Contains(t, text, "notice engaged: größer  Bcc: thief@example.net  .  more\r\n    port_scan: host 192.0.2.3, score 13, once\r\n")
	require.Equal(t, uint64(1), n.Stats()[0].Failed)
	eventually(t, func() bool { return n.Stats()[0].Sent == 21 })
}

func TestMailWithTLS(t *testing.T) {
	t.Parallel()
	pair, ca, _ := ownCertificate(t)
	office := &postOffice{password: "a password"}
	address := office.opened(t, tls.NewListener(listening(t), &tls.Config{Certificates: []tls.Certificate{pair}}), nil)
	n := started(t, Recipient{Name: "mail", Mail: mailTo("smtps://"+address, ca)})
	n.Tell(event(1))
	eventually(t, func() bool { return len(office.letters()) == 1 }, n.Stats()[0].LastError)
	require.True(t, office.letters()[0].tls)
	m, _ := read(t, office.letters()[0])
	require.Equal(t, "[flowloom] error engaged: port_scan 192.0.2.1: scan 1", m.Header.Get("Subject"))
	require.Equal(t, "auto-generated", m.Header.Get("Auto-Submitted"))
}

func TestMailInPlain(t *testing.T) {
	t.Parallel()
	office := &postOffice{}
	address := office.opened(t, listening(t), nil)
	cfg := mailTo("smtp://"+address, "")
	cfg.User, cfg.Password = "", ""
	strict := started(t, Recipient{Name: "mail", Mail: cfg})
	strict.Tell(event(1))
	eventually(t, func() bool { return strict.Stats()[0].Failing })
	require.Contains(t, strict.Stats()[0].LastError, "STARTTLS")
	loose := *cfg
	loose.Plain = true
	n := started(t, Recipient{Name: "mail", Mail: &loose})
	n.Tell(event(1))
	eventually(t, func() bool { return len(office.letters()) == 1 }, n.Stats()[0].LastError)
	require.False(t, office.letters()[0].tls)
}

func TestMailRefused(t *testing.T) {
	t.Parallel()
	office := &postOffice{answers: []error{&smtp.SMTPError{Code: 554, Message: "spam"}}}
	address := office.opened(t, listening(t), nil)
	cfg := &Mail{Server: "smtp://" + address, Plain: true, From: "a@example.net", To: []string{"b@example.net"}, Gather: time.Millisecond}
	n := started(t, Recipient{Name: "mail", Mail: cfg})
	n.Tell(event(1))
	eventually(t, func() bool { return n.Stats()[0].Dropped.Refused == 1 })
	require.Contains(t, n.Stats()[0].LastError, "spam")
}

func TestMailServerHangs(t *testing.T) {
	t.Parallel()
	l := listening(t)
	t.Cleanup(func() { _ = l.Close() })
	m, err := newMail(&Mail{Server: "smtp://" + l.Addr().String(), Plain: true, From: "a@example.net", To: []string{"b@example.net"}})
	require.NoError(t, err)
	r := newRecipient(Recipient{Name: "mail", Timeout: 100 * time.Millisecond, Mail: &m.cfg}, m)
	begin := time.Now()
	err = r.attempt(t.Context(), []message{{Alert: event(1).Alert}})
	require.Error(t, err)
	require.False(t, errors.As(err, &refusedError{}))
	require.Less(t, time.Since(begin), 2*time.Second)
}
