package tracegen

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net"

	"golang.org/x/crypto/ssh"
)

// SSHSession is one SSH connection with password authentication.
type SSHSession struct {
	User, Password string
	// FailedLogins are wrong passwords tried first; when Denied, no right one
	// follows and nothing is executed.
	FailedLogins int
	Denied       bool
	// Command is executed and prints Output.
	Command string
	Output  []byte
}

const sshVersion = "SSH-2.0-OpenSSH_10.0"

// sshConfig is what OpenSSH prefers, without the post-quantum key exchanges
// that not every analyser knows yet.
func sshConfig() ssh.Config {
	return ssh.Config{
		KeyExchanges: []string{ssh.KeyExchangeCurve25519, ssh.KeyExchangeECDHP256},
		Ciphers:      []string{ssh.CipherChaCha20Poly1305, ssh.CipherAES128GCM, ssh.CipherAES128CTR},
	}
}

// SSH is a session of golang.org/x/crypto/ssh: versions, key exchange, password
// authentication, one command.
func SSH(s SSHSession) Exchange {
	return func(ctx context.Context) ([]Message, error) {
		seed := sha256.Sum256([]byte("tracegen ssh"))
		hostKey, err := ssh.NewSignerFromKey(ed25519.NewKeyFromSeed(seed[:]))
		if err != nil {
			return nil, fmt.Errorf("cannot make an SSH host key: %w", err)
		}
		return record(ctx, true,
			func(conn net.Conn) error { return s.client(conn, hostKey.PublicKey()) },
			func(conn net.Conn) error { return s.server(conn, hostKey) })
	}
}

func (s SSHSession) client(conn net.Conn, hostKey ssh.PublicKey) error {
	tries := 0
	password := func() (string, error) {
		if tries++; tries <= s.FailedLogins {
			return fmt.Sprintf("wrong-%03d", tries), nil
		}
		return s.Password, nil
	}
	attempts := s.FailedLogins
	if !s.Denied {
		attempts++
	}
	cfg := &ssh.ClientConfig{
		User: s.User, ClientVersion: sshVersion, HostKeyCallback: ssh.FixedHostKey(hostKey),
		Auth: []ssh.AuthMethod{ssh.RetryableAuthMethod(ssh.PasswordCallback(password), attempts)},
	}
	cfg.Config = sshConfig()
	c, channels, requests, err := ssh.NewClientConn(conn, "server", cfg)
	if s.Denied {
		if err == nil {
			return errors.New("a wrong password was accepted")
		}
		return nil
	}
	if err != nil {
		return err
	}
	cl := ssh.NewClient(c, channels, requests)
	defer cl.Close()
	session, err := cl.NewSession()
	if err != nil {
		return err
	}
	out, err := session.Output(s.Command)
	if err != nil {
		return err
	}
	if !bytes.Equal(out, s.Output) {
		return fmt.Errorf("the command printed %d bytes instead of %d", len(out), len(s.Output))
	}
	return nil
}

func (s SSHSession) server(conn net.Conn, hostKey ssh.Signer) error {
	cfg := &ssh.ServerConfig{
		ServerVersion: sshVersion, MaxAuthTries: s.FailedLogins + 1,
		PasswordCallback: func(_ ssh.ConnMetadata, password []byte) (*ssh.Permissions, error) {
			if string(password) != s.Password {
				return nil, errors.New("wrong password")
			}
			return nil, nil
		},
	}
	cfg.Config = sshConfig()
	cfg.AddHostKey(hostKey)
	_, channels, requests, err := ssh.NewServerConn(conn, cfg)
	if s.Denied {
		return nil
	}
	if err != nil {
		return err
	}
	go ssh.DiscardRequests(requests)
	for ch := range channels {
		if err := s.execute(ch); err != nil {
			return err
		}
	}
	return nil
}

// execute answers the exec request of a session channel.
func (s SSHSession) execute(ch ssh.NewChannel) error {
	channel, requests, err := ch.Accept()
	if err != nil {
		return err
	}
	defer channel.Close()
	for req := range requests {
		if req.Type != "exec" {
			continue
		}
		if err := req.Reply(true, nil); err != nil {
			return err
		}
		// The client's end of input races with the command's end unless awaited.
		if _, err := io.Copy(io.Discard, channel); err != nil {
			return err
		}
		if _, err := channel.Write(s.Output); err != nil {
			return err
		}
		_, err := channel.SendRequest("exit-status", false, ssh.Marshal(struct{ Status uint32 }{0}))
		return err
	}
	return nil
}
