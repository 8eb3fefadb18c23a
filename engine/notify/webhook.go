package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Webhook is a URL that takes each alert as a POST of JSON.
type Webhook struct {
	URL Secret `yaml:"url"`
	// Headers are sent besides.
	Headers map[string]Secret `yaml:"headers"`
	// Secret, if set, signs what is sent as Standard Webhooks 1.0 has it (HMAC-SHA256). A
	// secret that begins with whsec_ goes on in base64.
	Secret Secret `yaml:"secret"`
	TLS    `yaml:",inline"`
}

// secrets: a URL is one if it has more than a place in it.
func (w *Webhook) secrets() []Secret {
	all := []Secret{w.Secret}
	for _, h := range w.Headers {
		all = append(all, h)
	}
	if u, err := url.Parse(string(w.URL)); err == nil && (u.User != nil || u.RawQuery != "") {
		all = append(all, w.URL)
	}
	return all
}

type webhook struct {
	url     *url.URL
	headers http.Header
	key     []byte // nil for no signature
	client  *http.Client
	encoder *encoder
}

func newWebhook(cfg *Webhook) (*webhook, error) {
	w := &webhook{headers: make(http.Header), encoder: newEncoder()}
	address, err := cfg.URL.reveal()
	if err != nil {
		return nil, err
	}
	if w.url, err = url.Parse(address); err != nil || w.url.Hostname() == "" || w.url.Scheme != "https" && w.url.Scheme != "http" {
		return nil, errors.New("cannot use the url: write it as https://host/path") // it may be secret itself
	}
	if w.headers, err = headers(cfg.Headers); err != nil {
		return nil, err
	}
	if w.key, err = signingKey(cfg.Secret); err != nil {
		return nil, err
	}
	if w.url.Scheme == "http" {
		if err := cfg.unused("write the url as https://host/path"); err != nil {
			return nil, err
		}
	}
	t, err := cfg.config("") // the name is that of the URL
	if err != nil {
		return nil, err
	}
	w.client = &http.Client{
		Transport: &http.Transport{TLSClientConfig: t, Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, IdleConnTimeout: time.Minute},
		// What is signed and authorised for one server is for no other.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return w, nil
}

func headers(set map[string]Secret) (http.Header, error) {
	all := http.Header{"User-Agent": {"flowloom"}}
	for name, secret := range set {
		value, err := secret.reveal()
		if err != nil {
			return nil, err
		}
		name = textproto.TrimString(name)
		if name == "" || strings.ContainsFunc(name, notInToken) || strings.ContainsAny(value, "\r\n\x00") {
			return nil, fmt.Errorf("cannot send the header %q: its name or value has characters that none may have", name)
		}
		if slices.Contains([]string{"Content-Type", "Content-Length", "Host"}, http.CanonicalHeaderKey(name)) {
			return nil, fmt.Errorf("cannot send the header %q: it follows from what is sent", name)
		}
		all.Set(name, value)
	}
	return all, nil
}

// notInToken reports a character that names of headers do not have (RFC 9110 section 5.6.2).
func notInToken(r rune) bool {
	return r <= ' ' || r > '~' || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
}

const minKey = 16

func signingKey(secret Secret) ([]byte, error) {
	text, err := secret.reveal()
	if err != nil || text == "" {
		return nil, err
	}
	key := []byte(text)
	if coded, ok := strings.CutPrefix(text, "whsec_"); ok {
		if key, err = base64.StdEncoding.DecodeString(coded); err != nil {
			return nil, errors.New("cannot use the secret: what follows whsec_ is no base64")
		}
	}
	if len(key) < minKey {
		return nil, fmt.Errorf("cannot use the secret: it has %d bytes and needs %d; make one with openssl rand -base64 32", len(key), minKey)
	}
	return key, nil
}

func (w *webhook) gather() time.Duration { return 0 }

func (w *webhook) close() { w.client.CloseIdleConnections() }

// maxReply is how much of an answer is read, so that the connection can be used again.
const maxReply = 64 << 10

func (w *webhook) send(ctx context.Context, messages []message) error {
	for i := range messages {
		if err := w.post(ctx, &messages[i]); err != nil {
			return err
		}
	}
	return nil
}

func (w *webhook) post(ctx context.Context, m *message) error {
	body := w.encoder.json(m)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url.String(), bytes.NewReader(body))
	if err != nil {
		return refusedError{fmt.Errorf("cannot post to %s: %w", w.url.Host, err)}
	}
	r.Header = w.headers.Clone()
	r.Header.Set("Content-Type", "application/json")
	w.sign(r.Header, m.id, body)
	res, err := w.client.Do(r)
	if err != nil {
		var of *url.Error
		if errors.As(err, &of) {
			err = of.Err // the rest tells the URL, which may be secret
		}
		return fmt.Errorf("cannot post to %s: %w", w.url.Host, err)
	}
	defer func() { _ = res.Body.Close() }() // it was read as far as it matters
	_, _ = io.CopyN(io.Discard, res.Body, maxReply)
	return w.judge(res)
}

// sign adds the headers of Standard Webhooks 1.0.
func (w *webhook) sign(h http.Header, id string, body []byte) {
	now := strconv.FormatInt(time.Now().Unix(), 10)
	h.Set("Webhook-Id", id)
	h.Set("Webhook-Timestamp", now)
	if w.key == nil {
		return
	}
	mac := hmac.New(sha256.New, w.key)
	fmt.Fprintf(mac, "%s.%s.%s", id, now, body)
	h.Set("Webhook-Signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
}

// judge tells whether what the server said is worth another attempt.
func (w *webhook) judge(res *http.Response) error {
	if res.StatusCode/100 == 2 {
		return nil
	}
	err := fmt.Errorf("cannot post to %s: the server answers %s", w.url.Host, res.Status)
	again := res.StatusCode >= http.StatusInternalServerError ||
		slices.Contains([]int{http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests}, res.StatusCode)
	if !again {
		return refusedError{err}
	}
	if seconds, bad := strconv.ParseUint(res.Header.Get("Retry-After"), 10, 16); bad == nil {
		return laterError{err, time.Duration(seconds) * time.Second}
	}
	return err
}
