package access

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	certificateFile = "tls-cert.pem"
	keyFile         = "tls-key.pem"
	// certificateAge is long: who trusts it does so by its fingerprint, which has to stay.
	certificateAge = 10 * 365 * 24 * time.Hour
	maxNames       = 32
)

// SelfSigned returns a certificate that no authority has signed, for TLS. It is made once
// and kept in a directory; with "" it is made anew. names are those of this machine that
// clients use.
func SelfSigned(dir string, names []string) (tls.Certificate, error) {
	if dir == "" {
		cert, key, err := makeCertificate(names)
		if err != nil {
			return tls.Certificate{}, err
		}
		return tls.X509KeyPair(cert, key)
	}
	certPath, keyPath := filepath.Join(dir, certificateFile), filepath.Join(dir, keyFile)
	_, err := os.Stat(certPath)
	if errors.Is(err, fs.ErrNotExist) {
		err = keepCertificate(dir, certPath, keyPath, names)
	}
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("cannot keep a certificate: %w", err)
	}
	if info, err := os.Stat(keyPath); err == nil && info.Mode().Perm()&0o077 != 0 {
		return tls.Certificate{}, fmt.Errorf("cannot use %s: others than its owner can read it; remove it and %s, and both are made anew", keyPath, certPath)
	}
	pair, err := tls.LoadX509KeyPair(certPath, keyPath)
	if err == nil && time.Now().After(pair.Leaf.NotAfter) {
		err = errors.New("it has expired")
	}
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("cannot use %s: %w; remove it and %s, and both are made anew", certPath, err, keyPath)
	}
	return pair, nil
}

// keepCertificate writes the certificate last: without it both are made anew.
func keepCertificate(dir, certPath, keyPath string, names []string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	cert, key, err := makeCertificate(names)
	if err != nil {
		return err
	}
	if _, err := replace(keyPath, key); err != nil {
		return err
	}
	_, err = replace(certPath, cert)
	return err
}

// makeCertificate returns a certificate and its key in PEM (RFC 7468).
func makeCertificate(names []string) (cert, key []byte, err error) {
	pair, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot make a key: %w", err)
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: new(big.Int).SetBytes(random(16)),
		Subject:      pkix.Name{CommonName: "Flowloom"},
		NotBefore:    now.Add(-time.Hour), // clocks differ
		NotAfter:     now.Add(certificateAge),
		KeyUsage:     x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	for _, name := range names[:min(len(names), maxNames)] {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &pair.PublicKey, pair)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot make a certificate: %w", err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(pair)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot make a key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw}), nil
}

// Fingerprint is the SHA-256 of a certificate as browsers and openssl show it.
func Fingerprint(c tls.Certificate) string {
	sum := sha256.Sum256(c.Certificate[0])
	return strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":")
}
