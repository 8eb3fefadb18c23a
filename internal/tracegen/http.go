package tracegen

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
)

// Request is one HTTP request with its response. Dates are fixed.
type Request struct {
	// Method is GET by default, or POST with a Body.
	Method string
	Host   string
	// Path begins with "/" and may have a query.
	Path      string
	UserAgent string
	// Type is the content type of Body.
	Type string
	Body []byte
	// Status is 200 when 0. ReplyType is text/html by default.
	Status    int
	ReplyType string
	Reply     []byte
	// Header is added to the request.
	Header map[string]string
}

// UserAgentFirefox is what a browser on Linux says.
const UserAgentFirefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

// HTTP1 is HTTP/1.1 by net/http: the requests one after the other on a
// connection that stays open.
func HTTP1(requests ...Request) Exchange {
	return func(ctx context.Context) ([]Message, error) { return recordHTTP(ctx, false, requests) }
}

// HTTP2 is HTTP/2 by net/http with prior knowledge, in clear. Put it in [TLS] with
// ALPN "h2" for what browsers do.
func HTTP2(requests ...Request) Exchange {
	return func(ctx context.Context) ([]Message, error) { return recordHTTP(ctx, true, requests) }
}

func recordHTTP(ctx context.Context, h2 bool, requests []Request) ([]Message, error) {
	var protocols http.Protocols
	protocols.SetHTTP1(!h2)
	protocols.SetUnencryptedHTTP2(h2)
	return record(ctx, h2, func(conn net.Conn) error {
		tr := &http.Transport{
			Protocols: &protocols, DisableCompression: true,
			DialContext: func(context.Context, string, string) (net.Conn, error) { return conn, nil },
		}
		defer tr.CloseIdleConnections()
		return request(ctx, tr, "http", requests)
	}, func(conn net.Conn) error {
		srv := &http.Server{
			Protocols: &protocols, Handler: answers(requests), ReadHeaderTimeout: recordTimeout,
			ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
		}
		return serveOne(srv, conn)
	})
}

// request makes the requests in turn and checks the answers.
func request(ctx context.Context, rt http.RoundTripper, scheme string, requests []Request) error {
	for _, r := range requests {
		req, err := http.NewRequestWithContext(ctx, r.method(), scheme+"://"+r.Host+r.Path, bytes.NewReader(r.Body))
		if err != nil {
			return err
		}
		req.Header.Set("User-Agent", r.userAgent())
		req.Header.Set("Accept", "*/*")
		if len(r.Body) > 0 {
			req.Header.Set("Content-Type", r.Type)
		}
		for k, v := range r.Header {
			req.Header.Set(k, v)
		}
		resp, err := rt.RoundTrip(req)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			return err
		}
		if !bytes.Equal(body, r.Reply) {
			return fmt.Errorf("the answer to %s has %d bytes instead of %d", r.Path, len(body), len(r.Reply))
		}
	}
	return nil
}

func (r Request) method() string {
	switch {
	case r.Method != "":
		return r.Method
	case len(r.Body) > 0:
		return http.MethodPost
	}
	return http.MethodGet
}

func (r Request) userAgent() string {
	if r.UserAgent != "" {
		return r.UserAgent
	}
	return UserAgentFirefox
}

// answers serves the replies in the order of the requests.
func answers(requests []Request) http.Handler {
	var next atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		n := int(next.Add(1)) - 1
		if n >= len(requests) {
			http.Error(w, "no such request", http.StatusNotFound)
			return
		}
		if _, err := io.Copy(io.Discard, req.Body); err != nil {
			return
		}
		r := requests[n]
		h := w.Header()
		h.Set("Date", certTime.Format(http.TimeFormat))
		h.Set("Server", "example/1.0")
		h.Set("Content-Type", "text/html; charset=utf-8")
		if r.ReplyType != "" {
			h.Set("Content-Type", r.ReplyType)
		}
		h.Set("Content-Length", fmt.Sprint(len(r.Reply)))
		if r.Status != 0 {
			w.WriteHeader(r.Status)
		}
		// A client that went away makes the recording fail on its own side.
		_, _ = w.Write(r.Reply)
	})
}

// serveOne serves a single connection until it ends.
func serveOne(srv *http.Server, conn net.Conn) error {
	one := &oneConn{Conn: conn, done: make(chan struct{})}
	l := oneListener{conn: make(chan net.Conn, 1), done: one.done}
	l.conn <- one
	if err := srv.Serve(l); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// oneListener accepts one connection, then blocks until that has ended.
type oneListener struct {
	conn chan net.Conn
	done chan struct{}
}

func (l oneListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conn:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (oneListener) Close() error   { return nil }
func (oneListener) Addr() net.Addr { return endAddr(server) }

// oneConn tells when it is closed.
type oneConn struct {
	net.Conn
	once sync.Once
	done chan struct{}
}

func (c *oneConn) Close() error {
	c.once.Do(func() { close(c.done) })
	return c.Conn.Close()
}
