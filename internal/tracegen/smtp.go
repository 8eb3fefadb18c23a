package tracegen

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/smtp"
	"net/textproto"
	"strings"
)

// Mail is one message sent by SMTP.
type Mail struct {
	// Server is the name in the server's greeting and certificate, From and To are
	// addresses, Body is the message with its header lines.
	Server, From, To string
	Body             []byte
	// StartTLS encrypts the session after the first EHLO.
	StartTLS bool
}

// SMTP submits a mail by net/smtp to a small server of ours (RFC 5321, RFC 3207).
func SMTP(m Mail) Exchange {
	return func(ctx context.Context) ([]Message, error) {
		clientTLS, serverTLS, err := tlsConfigs(m.Server, nil)
		if err != nil {
			return nil, err
		}
		return record(ctx, false,
			func(conn net.Conn) error { return m.client(conn, clientTLS) },
			func(conn net.Conn) error { return m.serve(conn, serverTLS) })
	}
}

func (m Mail) client(conn net.Conn, cfg *tls.Config) error {
	c, err := smtp.NewClient(conn, m.Server)
	if err != nil {
		return err
	}
	if err := c.Hello("desk.example.com"); err != nil {
		return err
	}
	if m.StartTLS {
		if err := c.StartTLS(cfg); err != nil {
			return err
		}
	}
	if err := errors.Join(c.Mail(m.From), c.Rcpt(m.To)); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(m.Body); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return c.Quit()
}

// serve answers until QUIT.
func (m Mail) serve(conn net.Conn, cfg *tls.Config) error {
	text := textproto.NewConn(conn)
	if err := text.PrintfLine("220 %s ESMTP ready", m.Server); err != nil {
		return err
	}
	for {
		line, err := text.ReadLine()
		if err != nil {
			return err
		}
		verb, _, _ := strings.Cut(line, " ")
		if err := text.PrintfLine("%s", m.answer(verb)); err != nil {
			return err
		}
		switch verb {
		case "STARTTLS":
			text = textproto.NewConn(tls.Server(conn, cfg))
		case "DATA":
			if err := receive(text); err != nil {
				return err
			}
		case "QUIT":
			return nil
		}
	}
}

func (m Mail) answer(verb string) string {
	switch verb {
	case "EHLO":
		return fmt.Sprintf("250-%s\r\n250-SIZE 10485760\r\n250-STARTTLS\r\n250 8BITMIME", m.Server)
	case "STARTTLS":
		return "220 2.0.0 Ready to start TLS"
	case "MAIL", "RCPT":
		return "250 2.1.0 Ok"
	case "DATA":
		return "354 End data with <CR><LF>.<CR><LF>"
	case "QUIT":
		return "221 2.0.0 Bye"
	}
	return "502 5.5.1 Unknown command"
}

func receive(text *textproto.Conn) error {
	if _, err := io.Copy(io.Discard, text.DotReader()); err != nil {
		return err
	}
	return text.PrintfLine("250 2.0.0 Ok: queued as 4XyZ1234")
}
