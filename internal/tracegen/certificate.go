package tracegen

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"time"
)

// certTime is when the generated certificates begin to be valid; a year later
// they expire. Handshakes are recorded as if they ran a week after it.
var certTime = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func handshakeTime() time.Time { return certTime.AddDate(0, 0, 7) }

// certificate makes a self-signed certificate for a name. The key follows from
// the name: Ed25519 signatures have one length, so handshakes do not vary.
func certificate(name string) (tls.Certificate, *x509.CertPool, error) {
	seed := sha256.Sum256([]byte("tracegen " + name))
	key := ed25519.NewKeyFromSeed(seed[:])
	template := &x509.Certificate{
		SerialNumber: new(big.Int).SetBytes(append([]byte{1}, seed[:8]...)),
		Subject:      pkix.Name{CommonName: name, Organization: []string{"Example Organisation"}, Country: []string{"DE"}},
		DNSNames:     []string{name},
		NotBefore:    certTime, NotAfter: certTime.AddDate(1, 0, 0),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(nil, template, template, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("cannot make the certificate of %s: %w", name, err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("cannot make the certificate of %s: %w", name, err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, pool, nil
}

// tlsConfigs returns matching configurations of both sides.
func tlsConfigs(name string, alpn []string) (clientSide, serverSide *tls.Config, err error) {
	cert, pool, err := certificate(name)
	if err != nil {
		return nil, nil, err
	}
	clientSide = &tls.Config{
		ServerName: name, RootCAs: pool, NextProtos: alpn, Time: handshakeTime,
		MinVersion: tls.VersionTLS12, DynamicRecordSizingDisabled: true,
	}
	serverSide = &tls.Config{
		Certificates: []tls.Certificate{cert}, NextProtos: alpn, Time: handshakeTime,
		MinVersion: tls.VersionTLS12, DynamicRecordSizingDisabled: true,
	}
	return clientSide, serverSide, nil
}
