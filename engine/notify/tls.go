package notify

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
)

// TLS says whom to trust, and who we are. The zero value trusts whom the system trusts.
type TLS struct {
	// CA is a file with the certificates (PEM) to trust instead.
	CA string `yaml:"ca"`
	// Cert and Key are files with our certificate, for servers that ask for it.
	Cert string `yaml:"cert"`
	Key  string `yaml:"key"`
}

// unused refuses settings of TLS where there is none: who gave them takes it for encrypted.
func (t *TLS) unused(how string) error {
	if *t == (TLS{}) {
		return nil
	}
	return fmt.Errorf("cannot use ca, cert or key without TLS: %s", how)
}

func (t *TLS) config(server string) (*tls.Config, error) {
	cfg := &tls.Config{ServerName: server, MinVersion: tls.VersionTLS12}
	if t.CA != "" {
		text, _, err := readFile(t.CA)
		if err != nil {
			return nil, fmt.Errorf("cannot use ca: %w", err)
		}
		cfg.RootCAs = x509.NewCertPool()
		if !cfg.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("cannot use ca: there is no certificate in %s", t.CA)
		}
	}
	if t.Cert == "" && t.Key == "" {
		return cfg, nil
	}
	pair, err := tls.LoadX509KeyPair(t.Cert, t.Key)
	if err != nil {
		return nil, fmt.Errorf("cannot use cert and key: %w", err)
	}
	cfg.Certificates = []tls.Certificate{pair}
	return cfg, nil
}
