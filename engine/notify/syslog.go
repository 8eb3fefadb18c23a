package notify

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Syslog is a server that takes RFC 5424.
type Syslog struct {
	// URL is udp://host (RFC 5426), tcp://host (RFC 6587, octets counted) or tls://host
	// (RFC 5425); the port is 514, 601 and 6514 unless it stands there.
	URL string `yaml:"url"`
	// Facility is daemon unless set.
	Facility string `yaml:"facility"`
	// Enterprise is the number behind the @ in the name of the structured data.
	Enterprise uint32 `yaml:"enterprise"`
	TLS        `yaml:",inline"`
}

type syslog struct {
	network, address string
	tls              *tls.Config // nil without
	format           *formatter
	conn             net.Conn // nil when there is none
	buf              []byte
}

func newSyslog(cfg *Syslog) (*syslog, error) {
	u, err := url.Parse(cfg.URL)
	ports := map[string]string{"udp": "514", "tcp": "601", "tls": "6514"}
	if err != nil || u.Hostname() == "" || ports[u.Scheme] == "" || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("cannot use the url %q: write it as udp://host:514, tcp://host:601 or tls://host:6514", cfg.URL)
	}
	port := u.Port()
	if port == "" {
		port = ports[u.Scheme]
	}
	if cfg.Facility == "" {
		cfg.Facility = "daemon"
	}
	facility, ok := facilities()[cfg.Facility]
	if !ok {
		return nil, fmt.Errorf("cannot use the facility %q: use %s", cfg.Facility, strings.Join(slices.Sorted(maps.Keys(facilities())), ", "))
	}
	enterprise := int(cfg.Enterprise)
	if enterprise == 0 {
		enterprise = exampleEnterprise
	}
	s := &syslog{network: u.Scheme, address: net.JoinHostPort(u.Hostname(), port), format: newFormatter(facility, enterprise)}
	if u.Scheme == "tls" {
		s.network = "tcp"
		s.tls, err = cfg.config(u.Hostname())
	} else {
		err = cfg.unused("write the url as tls://host:6514")
	}
	return s, err
}

func (s *syslog) gather() time.Duration { return 0 }

func (s *syslog) close() {
	if s.conn != nil {
		_ = s.conn.Close() // nothing is lost that was not lost before
		s.conn = nil
	}
}

func (s *syslog) send(ctx context.Context, messages []message) error {
	for i := range messages {
		if err := s.write(ctx, &messages[i]); err != nil {
			s.close()
			return fmt.Errorf("cannot send to %s: %w", s.address, err)
		}
	}
	return nil
}

func (s *syslog) write(ctx context.Context, m *message) error {
	if s.conn == nil {
		if err := s.dial(ctx); err != nil {
			return err
		}
	}
	conn := s.conn
	_ = conn.SetWriteDeadline(time.Time{})
	defer context.AfterFunc(ctx, func() { _ = conn.SetWriteDeadline(time.Unix(1, 0)) })()
	s.buf = s.format.append(s.buf[:0], m)
	if s.network == "tcp" {
		// MSG-LEN SP SYSLOG-MSG (RFC 5425 section 4.3, RFC 6587 section 3.4.1)
		s.buf = append(fmt.Appendf(nil, "%d ", len(s.buf)), s.buf...)
	}
	_, err := conn.Write(s.buf)
	return err //nolint:wrapcheck // send does
}

// dial connects. Servers say nothing, but that a connection is over is only seen by reading.
func (s *syslog) dial(ctx context.Context) (err error) {
	if s.tls != nil {
		s.conn, err = (&tls.Dialer{Config: s.tls}).DialContext(ctx, s.network, s.address)
	} else {
		s.conn, err = (&net.Dialer{}).DialContext(ctx, s.network, s.address)
	}
	if err != nil {
		s.conn = nil // not one of no value
		return err   //nolint:wrapcheck // send does
	}
	if s.network == "tcp" {
		go func(c net.Conn) {
			_, _ = io.Copy(io.Discard, c)
			_ = c.Close() // the next write fails, and another connection is made
		}(s.conn)
	}
	return nil
}
