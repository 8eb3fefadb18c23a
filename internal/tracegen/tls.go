package tracegen

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
)

// TLSOptions describe a TLS session.
type TLSOptions struct {
	// ServerName is the SNI and the name in the certificate.
	ServerName string
	// ALPN is offered and accepted; none when empty.
	ALPN []string
	// Version is [tls.VersionTLS12] or [tls.VersionTLS13], which is the default.
	Version uint16
	// Ciphers are what the client offers for TLS 1.2; those of crypto/tls when empty.
	Ciphers []uint16
}

// TLS carries another exchange in a session of crypto/tls: a full handshake with
// a generated certificate, then inner's messages, then close_notify.
func TLS(opt TLSOptions, inner Exchange) Exchange {
	return func(ctx context.Context) ([]Message, error) {
		messages, err := inner(ctx)
		if err != nil {
			return nil, err
		}
		clientConfig, serverConfig, err := tlsConfigs(opt.ServerName, opt.ALPN)
		if err != nil {
			return nil, err
		}
		if opt.Version != 0 {
			clientConfig.MinVersion, clientConfig.MaxVersion = opt.Version, opt.Version
		}
		clientConfig.CipherSuites = opt.Ciphers
		recorded, err := record(ctx, false,
			func(conn net.Conn) error { return clientTLS(ctx, conn, clientConfig, messages) },
			func(conn net.Conn) error { return serverTLS(ctx, conn, serverConfig, messages) })
		if err != nil {
			return nil, err
		}
		return recorded, nil
	}
}

func clientTLS(ctx context.Context, conn net.Conn, cfg *tls.Config, messages []Message) error {
	tc := tls.Client(conn, cfg)
	if err := tc.HandshakeContext(ctx); err != nil {
		return err
	}
	if err := play(messages, client)(tc); err != nil {
		return err
	}
	return tc.Close()
}

// serverTLS waits for the client's close_notify before it leaves.
func serverTLS(ctx context.Context, conn net.Conn, cfg *tls.Config, messages []Message) error {
	tc := tls.Server(conn, cfg)
	if err := tc.HandshakeContext(ctx); err != nil {
		return err
	}
	if err := play(messages, server)(tc); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, tc); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}
