package access

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheCertificateStays(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	first, err := SelfSigned(dir, []string{"127.0.0.1", "localhost", "::1"})
	require.NoError(t, err)
	second, err := SelfSigned(dir, []string{"192.0.2.1"})
	require.NoError(t, err)
	require.Equal(t, Fingerprint(first), Fingerprint(second))
	require.Regexp(t, `^([0-9A-F]{2}:){31}[0-9A-F]{2}$`, Fingerprint(first))
	require.Equal(t, elliptic.P256(), first.PrivateKey.(*ecdsa.PrivateKey).Curve)
	for _, name := range []string{certificateFile, keyFile} {
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}
	other, err := SelfSigned("", nil)
	require.NoError(t, err)
	require.NotEqual(t, Fingerprint(first), Fingerprint(other))
}

// TestClientsTrustTheCertificate has a client that knows nothing but the certificate.
func TestClientsTrustTheCertificate(t *testing.T) {
	t.Parallel()
	pair, err := SelfSigned(t.TempDir(), []string{"127.0.0.1"})
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	defer server.Close()
	roots := x509.NewCertPool()
	roots.AddCert(pair.Leaf)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}}
	r, err := client.Get(server.URL)
	require.NoError(t, err)
	require.NoError(t, r.Body.Close())
}

func TestACertificateThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, err := SelfSigned(dir, nil)
	require.NoError(t, err)
	key := filepath.Join(dir, keyFile)
	require.NoError(t, os.Chmod(key, 0o644))
	_, err = SelfSigned(dir, nil)
	require.ErrorContains(t, err, "others than its owner can read it; remove it")
	require.NoError(t, os.Remove(key))
	_, err = SelfSigned(dir, nil)
	require.ErrorContains(t, err, "both are made anew")
	require.NoError(t, os.Remove(filepath.Join(dir, certificateFile)))
	_, err = SelfSigned(dir, nil)
	require.NoError(t, err)
}
