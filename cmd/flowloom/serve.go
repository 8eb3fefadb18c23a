package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/net/netutil"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/access"
	"github.com/flowloom/flowloom/engine/check/scripts"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/rest"
	"github.com/flowloom/flowloom/engine/rest/ntopng"
)

// serveOptions are the flags about HTTP.
type serveOptions struct {
	listen, token, certificate, key string
	selfSigned, insecure            bool
	history                         *keeper
	protocols                       *dpi.Registry
	// access says who may ask.
	access  *access.Control
	compile scripts.Compile
	uploads *uploads // nil without a place for them
	// pair is what the files hold: a user who runs the rest may not read the key.
	pair *tls.Config
}

// tokenVariable is where the token comes from when no flag gives it: command lines can
// be read by other users.
const tokenVariable = "FLOWLOOM_TOKEN" //nolint:gosec // a name

func (o *serveOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.listen, "listen", "127.0.0.1:3000", "answer over HTTP on this `address`; \"\" for not at all")
	f.StringVar(&o.token, "token", "", "an admin's token for this run (default: $"+tokenVariable+"); flowloom token makes others")
	f.StringVar(&o.certificate, "tls-cert", "", "`file` with the certificate for HTTPS")
	f.StringVar(&o.key, "tls-key", "", "`file` with the key of the certificate")
	f.BoolVar(&o.selfSigned, "tls-self-signed", false, "HTTPS with a certificate that is made once and kept with the history")
	f.BoolVar(&o.insecure, "insecure", false, "let others than this machine connect without TLS: passwords and tokens can be read on the way")
}

const minToken = 8

// check says what is wrong with the flags before anything is opened.
func (o *serveOptions) check() error {
	if o.listen == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(o.listen)
	if err == nil {
		_, err = net.DefaultResolver.LookupPort(context.Background(), "tcp", port)
	}
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; write it as 127.0.0.1:3000", o.listen, err)
	}
	if (o.certificate == "") != (o.key == "") {
		return errors.New("cannot use TLS with half of it: give both --tls-cert and --tls-key")
	}
	if o.selfSigned && o.certificate != "" {
		return errors.New("cannot use two certificates: give --tls-self-signed, or --tls-cert and --tls-key")
	}
	if o.certificate != "" {
		pair, err := tls.LoadX509KeyPair(o.certificate, o.key)
		if err != nil {
			return fmt.Errorf("cannot use the certificate: %w", err)
		}
		o.pair = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	ip := net.ParseIP(host)
	local := host == "localhost" || ip != nil && ip.IsLoopback()
	if !local && o.certificate == "" && !o.selfSigned && !o.insecure {
		return fmt.Errorf("cannot listen on %s without TLS: give --tls-cert and --tls-key, --tls-self-signed, or --insecure if the network is safe", o.listen)
	}
	if o.token == "" {
		o.token = os.Getenv(tokenVariable)
	}
	if o.token != "" && len(o.token) < minToken {
		return fmt.Errorf("cannot use a token of %d characters: it takes at least %d", len(o.token), minToken)
	}
	return nil
}

// prepare reads who has access from a directory, or makes the first admin, and reads or makes the
// certificate. Both happen before the rights of root are given up.
func (o *serveOptions) prepare(ctx context.Context, dir string, stderr io.Writer) (err error) {
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{ReplaceAttr: withoutTime}))
	if o.access, err = access.Open(access.Config{Dir: dir, Token: o.token, Log: log}); err != nil {
		return err
	}
	if o.selfSigned {
		pair, err := access.SelfSigned(dir, o.names())
		if err != nil {
			return err
		}
		o.pair = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
		fmt.Fprintf(stderr, "flowloom: the certificate's SHA-256 fingerprint is %s\n", access.Fingerprint(pair))
	}
	password, err := o.access.FirstAdmin(ctx)
	if err != nil {
		return err
	}
	if password != "" {
		how := "at the first login, or with flowloom user passwd admin"
		if dir == "" {
			how = "at the first login; without --data all users are gone when this ends"
		}
		fmt.Fprintf(stderr, "flowloom: the first user is admin with the one-time password %s\nflowloom: change it %s\n", password, how)
	}
	return nil
}

// names are those by which clients may know this machine.
func (o *serveOptions) names() []string {
	names := []string{"localhost", "127.0.0.1", "::1"}
	if host, _, err := net.SplitHostPort(o.listen); err == nil && host != "" {
		names = append(names, host)
	}
	if host, err := os.Hostname(); err == nil {
		names = append(names, host)
	}
	addrs, _ := net.InterfaceAddrs()
	for _, a := range addrs {
		if n, ok := a.(*net.IPNet); ok && n.IP.IsGlobalUnicast() {
			names = append(names, n.IP.String())
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// maxConnections bounds those that are served at once; others wait.
const maxConnections = 1024

// open begins to listen; what it returns begins to answer, once the engine is there.
func (o *serveOptions) open(stderr io.Writer) (serve func(*engine.Engine) (stop func()), err error) {
	var cfg net.ListenConfig
	l, err := cfg.Listen(context.Background(), "tcp", o.listen)
	if err != nil {
		return nil, fmt.Errorf("cannot listen: %w; choose another address with --listen", err)
	}
	return func(eng *engine.Engine) func() {
		scheme := "http"
		if o.pair != nil {
			scheme = "https"
		}
		to := "its users and their tokens"
		if o.token != "" {
			to += ", and the token that was given"
		}
		fmt.Fprintf(stderr, "flowloom: answers on %s://%s to %s\n", scheme, l.Addr(), to)
		stop := o.start(netutil.LimitListener(l, maxConnections), rest.New(o.config(eng, stderr)), stderr)
		return func() {
			stop()
			if o.uploads != nil {
				o.uploads.close(stderr)
			}
		}
	}, nil
}

// config says what is served of an engine.
func (o *serveOptions) config(eng *engine.Engine, stderr io.Writer) rest.Config {
	cfg := rest.Config{
		Engine: eng, History: o.history.querier(), Compile: o.compile, Access: o.access, Version: buildVersion(),
		Compatible: ntopng.New(ntopng.Config{Engine: eng, History: o.history.querier(), Protocols: o.protocols}),
	}
	if o.uploads != nil {
		o.uploads.start(eng.Config().Checks, stderr)
		cfg.Scripts, cfg.Captures = o.uploads.scripts, o.uploads.captures
	}
	return cfg
}

// start answers until stop is called.
func (o *serveOptions) start(l net.Listener, h http.Handler, stderr io.Writer) (stop func()) {
	// An answer may take as long as the slowest query of the history or a long upload, and be
	// read slowly; only who has access gets one that does not fit into the kernel's buffers.
	const slow, answer, patience = 10 * time.Second, time.Hour, 2 * time.Second
	listening, release := context.WithCancel(context.Background())
	server := &http.Server{
		Handler: h, TLSConfig: o.pair, BaseContext: func(net.Listener) context.Context { return listening },
		ReadHeaderTimeout: slow, ReadTimeout: slow, WriteTimeout: answer, IdleTimeout: time.Minute, MaxHeaderBytes: 64 << 10,
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		var err error
		if o.pair != nil {
			err = server.ServeTLS(l, "", "")
		} else {
			err = server.Serve(l)
		}
		if !errors.Is(err, http.ErrServerClosed) {
			fmt.Fprintf(stderr, "flowloom: answers no more: %v\n", err)
		}
	}()
	return func() {
		release() // who is told of events would never go
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			_ = server.Close() // who does not end in time is cut off
		}
		<-done
	}
}
