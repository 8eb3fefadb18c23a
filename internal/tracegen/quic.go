package tracegen

import (
	"context"
	"crypto/tls"
	"net"

	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/http3"
)

// HTTP3 is HTTP/3 over QUIC version 1 by quic-go: the requests one after the
// other on one connection (RFC 9000, RFC 9114). All requests have the Host of
// the first.
func HTTP3(requests ...Request) Exchange {
	return func(ctx context.Context) ([]Message, error) {
		clientTLS, serverTLS, err := tlsConfigs(requests[0].Host, []string{http3.NextProtoH3})
		if err != nil {
			return nil, err
		}
		clientTLS.MinVersion, serverTLS.MinVersion = tls.VersionTLS13, tls.VersionTLS13
		r := newRecorder(true, true)
		return r.run(ctx,
			func() error { return clientHTTP3(ctx, r.ends[client], clientTLS, requests) },
			func() error { return serverHTTP3(ctx, r.ends[server], serverTLS, requests) })
	}
}

func quicConfig() *quic.Config {
	return &quic.Config{Versions: []quic.Version{quic.Version1}, DisablePathMTUDiscovery: true, InitialPacketSize: 1252}
}

func clientHTTP3(ctx context.Context, e *end, cfg *tls.Config, requests []Request) error {
	qt := &quic.Transport{Conn: packetEnd{e}}
	defer qt.Close()
	tr := &http3.Transport{
		TLSClientConfig: cfg, QUICConfig: quicConfig(), DisableCompression: true,
		Dial: func(ctx context.Context, _ string, cfg *tls.Config, qc *quic.Config) (*quic.Conn, error) {
			return qt.DialEarly(ctx, e.RemoteAddr(), cfg, qc)
		},
	}
	if err := request(ctx, tr, "https", requests); err != nil {
		return err
	}
	return tr.Close()
}

func serverHTTP3(ctx context.Context, e *end, cfg *tls.Config, requests []Request) error {
	qt := &quic.Transport{Conn: packetEnd{e}}
	defer qt.Close()
	l, err := qt.ListenEarly(cfg, quicConfig())
	if err != nil {
		return err
	}
	defer l.Close()
	conn, err := l.Accept(ctx)
	if err != nil {
		return err
	}
	srv := &http3.Server{Handler: answers(requests)}
	// The client's close ends the connection with an error that means success.
	_ = srv.ServeQUICConn(conn)
	return nil
}

// packetEnd is an end of a recorder as a [net.PacketConn].
type packetEnd struct{ *end }

func (p packetEnd) ReadFrom(b []byte) (int, net.Addr, error) {
	n, err := p.Read(b)
	return n, p.RemoteAddr(), err
}

func (p packetEnd) WriteTo(b []byte, _ net.Addr) (int, error) { return p.Write(b) }

// SetReadBuffer and SetWriteBuffer are asked for by quic-go; there is no limit.
func (packetEnd) SetReadBuffer(int) error  { return nil }
func (packetEnd) SetWriteBuffer(int) error { return nil }
