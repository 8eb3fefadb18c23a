package notify

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	parser "github.com/leodido/go-syslog/v4"
	"github.com/leodido/go-syslog/v4/octetcounting"
	"github.com/leodido/go-syslog/v4/rfc5424"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
)

// parsed is a message as an independent parser reads it, all of it valid.
func parsed(t *testing.T, text []byte) *rfc5424.SyslogMessage {
	t.Helper()
	m, err := rfc5424.NewParser().Parse(text)
	require.NoError(t, err, string(text))
	sm, ok := m.(*rfc5424.SyslogMessage)
	require.True(t, ok)
	return sm
}

// isEvent compares a message with an event.
func isEvent(t *testing.T, m *rfc5424.SyslogMessage, e *alert.Event) {
	t.Helper()
	require.Equal(t, uint8(3), *m.Facility, "daemon")
	require.Equal(t, uint8(3), *m.Severity, "error")
	require.Equal(t, "flowloom", *m.Appname)
	require.Equal(t, "port_scan", *m.MsgID)
	require.Equal(t, time.Unix(0, e.Last).UTC().Truncate(time.Microsecond), m.Timestamp.UTC())
	require.Equal(t, e.Message, strings.TrimPrefix(*m.Message, "\ufeff"))
	require.Equal(t, map[string]map[string]string{"flowloom@32473": {
		"first_seen": time.Unix(0, e.Time).UTC().Format(time.RFC3339Nano), "last_seen": time.Unix(0, e.Last).UTC().Format(time.RFC3339Nano),
		"severity": "error", "score": "120", "check": "port_scan", "entity": "host", "subject": e.Subject, "status": "engaged",
		"count": "1", "action": "engaged",
	}}, *m.StructuredData)
}

func TestSyslogUDP(t *testing.T) {
	t.Parallel()
	c, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	n := started(t, Recipient{Name: "log", Syslog: &Syslog{URL: "udp://" + c.LocalAddr().String()}})
	e := event(1)
	e.Subject = `a "quoted" ] \ subject`
	e.Message = "Größe"
	n.Tell(e)
	buf := make([]byte, 65536)
	require.NoError(t, c.SetReadDeadline(time.Now().Add(5*time.Second)))
	size, _, err := c.ReadFrom(buf)
	require.NoError(t, err)
	isEvent(t, parsed(t, buf[:size]), e)
}

// streams takes connections and hands over the messages that are read from them. A message
// "cut" ends its connection.
func streams(t *testing.T, l net.Listener) <-chan *rfc5424.SyslogMessage {
	t.Helper()
	t.Cleanup(func() { _ = l.Close() })
	got := make(chan *rfc5424.SyslogMessage, 100)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				octetcounting.NewParser(parser.WithListener(func(r *parser.Result) {
					if r.Error != nil || r.Message == nil {
						return // the connection ended
					}
					m := r.Message.(*rfc5424.SyslogMessage)
					got <- m
					if m.Message != nil && *m.Message == "cut" {
						_ = c.Close()
					}
				})).Parse(c)
			}()
		}
	}()
	return got
}

func testStream(t *testing.T, l net.Listener, cfg *Syslog) {
	got := streams(t, l)
	n := started(t, Recipient{Name: "log", Syslog: cfg})
	next := func() *rfc5424.SyslogMessage {
		select {
		case m := <-got:
			return m
		case <-time.After(5 * time.Second):
			require.FailNow(t, "no message came", "%+v", n.Stats())
			return nil
		}
	}
	for i := range 3 {
		e := event(i)
		n.Tell(e)
		isEvent(t, next(), e)
	}
	e := event(4)
	e.Message = "cut"
	n.Tell(e)
	isEvent(t, next(), e)
	time.Sleep(100 * time.Millisecond) // that the connection ended has to be seen
	for i := range 3 {
		e := event(10 + i)
		n.Tell(e)
		isEvent(t, next(), e)
	}
	eventually(t, func() bool { return n.Stats()[0].Sent == 7 })
}

func TestSyslogTCP(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	testStream(t, l, &Syslog{URL: "tcp://" + l.Addr().String()})
}

func TestSyslogTLS(t *testing.T) {
	t.Parallel()
	pair, cert, key := ownCertificate(t)
	roots := x509.NewCertPool()
	text, err := os.ReadFile(cert)
	require.NoError(t, err)
	require.True(t, roots.AppendCertsFromPEM(text))
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}, ClientCAs: roots, ClientAuth: tls.RequireAndVerifyClientCert})
	require.NoError(t, err)
	testStream(t, l, &Syslog{URL: "tls://" + l.Addr().String(), TLS: TLS{CA: cert, Cert: cert, Key: key}})
}

func TestSyslogServerComesLate(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := l.Addr().String()
	require.NoError(t, l.Close())
	n := started(t, Recipient{Name: "log", Syslog: &Syslog{URL: "tcp://" + address}})
	n.Tell(event(1))
	eventually(t, func() bool { return n.Stats()[0].Failing })
	l, err = (&net.ListenConfig{}).Listen(t.Context(), "tcp", address)
	require.NoError(t, err)
	isEvent(t, <-streams(t, l), event(1))
	eventually(t, func() bool { return !n.Stats()[0].Failing })
}

func TestSyslogSeverities(t *testing.T) {
	t.Parallel()
	f := newFormatter(facilities()["local3"], 4242)
	for score, want := range map[uint8]uint8{0: 6, 5: 6, 10: 5, 50: 4, 100: 3, 200: 2, 250: 1} {
		m := message{Alert: event(1).Alert, action: "released"}
		m.Score = score
		p := parsed(t, f.append(nil, &m))
		require.Equal(t, want, *p.Severity)
		require.Equal(t, uint8(19), *p.Facility)
		require.Contains(t, *p.StructuredData, "flowloom@4242")
	}
}

func TestSyslogIsBounded(t *testing.T) {
	t.Parallel()
	m := message{action: "engaged", Alert: event(1).Alert}
	m.Check, m.Subject, m.Message, m.Label = strings.Repeat(`"`, 9999), strings.Repeat("ä", 9999), strings.Repeat("\n", 99999), strings.Repeat("]", 9999)
	text := newFormatter(3, 1).append(nil, &m)
	require.LessOrEqual(t, len(text), maxSyslog)
	parsed(t, text)
}

// ownCertificate makes a certificate of 127.0.0.1 that is its own authority.
func ownCertificate(t *testing.T) (pair tls.Certificate, cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	require.NoError(t, err)
	cert = certificateFile(t, raw)
	coded, err := x509.MarshalPKCS8PrivateKey(private)
	require.NoError(t, err)
	key = written(t, "key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: coded})))
	pair, err = tls.LoadX509KeyPair(cert, key)
	require.NoError(t, err)
	return pair, cert, key
}

func certificateFile(t *testing.T, raw []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cert.pem")
	require.NoError(t, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}), 0o600))
	return path
}
