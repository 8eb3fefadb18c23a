package checks_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/internal/tracegen"
)

// What is on the lists of protocols and risks is known under that name: what is not would
// have no effect.
func TestListsNameWhatThereIs(t *testing.T) {
	t.Parallel()
	reg, err := dpi.NewRegistry(nil)
	require.NoError(t, err)
	protocols, risks := make(map[string]bool), make(map[string]bool)
	for id := range reg.Len() {
		protocols[reg.Protocol(dpi.ID(id)).Name] = true //nolint:gosec // far fewer
	}
	for r := dpi.NoRisk + 1; r < dpi.NumRisks; r++ {
		risks[r.String()] = true
	}
	looked := 0
	for _, info := range shipped(t) {
		for _, p := range info.Params {
			known := protocols
			if p.Name == "risks" {
				known = risks
			} else if !strings.Contains(p.Doc, "protocols.md") {
				continue
			}
			for _, name := range p.Default.([]string) { //nolint:forcetypeassert // lists
				assert.True(t, known[name], "%s: %s", info.Name, name)
				looked++
			}
		}
	}
	require.Greater(t, looked, 40)
}

// certificateHash is the SHA-256 of the certificate that tracegen makes for
// www.example.com.
const certificateHash = "5D:52:5e897eb1fb7601cd6a1ce8df08ae233bcfe5cfc5044abddae15f73a223fa"

// riskBehaviours are about what detection says of flows.
func riskBehaviours() map[string]behaviour {
	get := func(r tracegen.Request) []tracegen.Flow {
		if r.Host == "" {
			r.Host = "www.example.com"
		}
		return one(tcp(inside, "192.168.1.5:80", tracegen.HTTP1(r)))
	}
	plain := get(tracegen.Request{UserAgent: tracegen.UserAgentFirefox, Reply: []byte("hello")})
	banners := func(server string) []tracegen.Flow {
		return one(tcp(inside, "192.168.1.5:22", tracegen.Script(tracegen.Server(server+"\r\n"), tracegen.Client("SSH-2.0-OpenSSH_10.0\r\n"))))
	}
	inTLS := func(server, name string) []tracegen.Flow { return one(tcp(inside, server, tlsTo(name))) }
	return map[string]behaviour{
		"web_attack": {
			loud: get(tracegen.Request{Path: "/?q='%20OR%20'1'='1';DROP%20TABLE%20users--", UserAgent: tracegen.UserAgentFirefox}), quiet: plain, saying: "192.168.1.20: SQL Injection at www.example.com",
		},
		"malicious_contact": {
			loud:  get(tracegen.Request{UserAgent: tracegen.UserAgentFirefox, Path: "/Exploit.class", ReplyType: "application/java-vm", Reply: []byte("\xca\xfe\xba\xbe")}),
			quiet: plain, saying: "192.168.1.20 > www.example.com: Possible Exploit Attempt",
		},
		"obsolete_software":     {loud: banners("SSH-2.0-OpenSSH_5.3"), quiet: banners("SSH-2.0-OpenSSH_10.0"), saying: "192.168.1.5: SSH Obsolete Ser Vers/Cipher"},
		"suspicious_user_agent": {loud: get(tracegen.Request{UserAgent: "${jndi:ldap://x}"}), quiet: plain, saying: "192.168.1.20 calls itself ${jndi:ldap://x}"},
		"suspicious_name": {
			loud: inTLS(outside, "xn--bcher-kva.example"), quiet: inTLS(outside, "www.example.com"), saying: "192.168.1.20 asks for xn--bcher-kva.example: IDN Domain Name",
		},
		"certificate_expires_soon": {
			settings: "days: 365", loud: inTLS("192.168.1.5:443", "www.example.com"), quiet: inTLS(outside, "www.example.com"), saying: "the certificate of www.example.com expires in 360.6 days",
		},
		"tls_certificate_hash": {
			settings: "hashes: ['" + certificateHash + "']", loud: inTLS(outside, "www.example.com"), quiet: inTLS(outside, "www.example.org"), saying: "203.0.113.10 shows the certificate",
		},
	}
}
