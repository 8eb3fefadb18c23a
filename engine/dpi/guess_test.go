package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestGuess(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	for _, tt := range []struct {
		name             string
		proto            uint8
		cliPort, srvPort uint16
		srv              string
		want             string
		by               Confidence
	}{
		{"server port", packet.ProtoTCP, 50000, 3306, "203.0.113.1", "MySQL", ByPort},
		{"answers only", packet.ProtoTCP, 3306, 50000, "203.0.113.1", "MySQL", ByPort},
		{"the lower of two", packet.ProtoTCP, 110, 179, "203.0.113.1", "POP3", ByPort},
		{"the higher of two", packet.ProtoUDP, 28681, 47808, "203.0.113.1", "BACnet", ByPort},
		{"a game under way", packet.ProtoUDP, 50000, 22102, "203.0.113.1", "GenshinImpact", ByPort},
		{"a printer's port", packet.ProtoUDP, 50000, 8612, "203.0.113.1", "BJNP", ByPort},
		{"port before address", packet.ProtoTCP, 50000, 3306, "8.8.8.8", "MySQL", ByPort},
		{"address", packet.ProtoTCP, 50000, 5228, "173.194.1.1", "Google", ByAddress},
		{"other transport", packet.ProtoUDP, 50000, 3306, "203.0.113.1", "Unknown", NoConfidence},
		{"a controller's port", packet.ProtoTCP, 50000, 102, "203.0.113.1", "S7Comm", ByPort},
		{"a device at home", packet.ProtoUDP, 50000, 6667, "203.0.113.1", "TUYA_LP", ByPort},
		{"an overlay", packet.ProtoUDP, 41641, 41641, "203.0.113.1", "Tailscale", ByPort},
		{"a game's server", packet.ProtoUDP, 50000, 27015, "203.0.113.1", "Source_Engine", ByPort},
		{"a dispatcher", packet.ProtoTCP, 50000, 3201, "203.0.113.1", "SAP", ByPort},
		{"no guess from this port", packet.ProtoTCP, 50000, 25565, "203.0.113.1", "Unknown", NoConfidence},
		{"address of another carrier", packet.ProtoSCTP, 0, 0, "8.8.8.8", "Google", ByAddress},
	} {
		r := new(Result)
		ends := Ends{CliAddr: addrOf(t, "192.0.2.1"), SrvAddr: addrOf(t, tt.srv), CliPort: tt.cliPort, SrvPort: tt.srvPort}
		NewDetector(reg, 1).Finish(r, ends, tt.proto)
		assert.Equal(t, tt.want, reg.FullName(r.Master, r.App), tt.name)
		assert.Equal(t, tt.by, r.Confidence, tt.name)
		assert.True(t, r.Done)
	}
}

func TestConclude(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	for _, tt := range []struct {
		name                    string
		master, app, host, addr string
		category                Category
		want                    string
		wantCategory            Category
	}{
		{"application by host", "HTTP", "", "www.spiegel.example", "", Unspecified, "HTTP", Web},
		{"application by host", "HTTP", "", "www.netflix.com", "", Unspecified, "HTTP.NetFlix", Video},
		{"category by host", "HTTP", "", "googleads.g.doubleclick.net", "", Unspecified, "HTTP.Google", Advertisement},
		{"category only", "HTTP", "", "detectportal.firefox.com", "", Unspecified, "HTTP.Mozilla", ConnCheck},
		{"a query is not shopping", "DNS", "", "www.ebay.com", "", Unspecified, "DNS.eBay", Network},
		{"mail stays mail", "SMTP", "", "gmail-smtp-in.l.google.com", "", Unspecified, "SMTP.GMail", Email},
		{"the content said more", "HTTP", "", "www.netflix.com", "", Download, "HTTP.NetFlix", Download},
		{"the dissector said more", "HTTP", "OCSP", "www.apple.com", "", Unspecified, "HTTP.OCSP", Network},
		{"host over WebSocket", "HTTP", "WebSocket", "www.netflix.com", "", Unspecified, "HTTP.NetFlix", Video},
		{"a host's own name", "DHCP", "", "laptop.ntop.org", "", Unspecified, "DHCP", Network},
		{"tunnel by address", "WireGuard", "", "", "185.65.132.1", Unspecified, "WireGuard.Mullvad", VPN},
		{"no tunnel", "WireGuard", "", "", "8.8.8.8", Unspecified, "WireGuard", VPN},
		{"no tunnel in HTTP", "HTTP", "", "", "185.65.132.1", Unspecified, "HTTP", Web},
	} {
		r := &Result{Master: reg.mustID(tt.master), App: reg.mustID(tt.app), Category: tt.category, Info: &Info{ServerName: tt.host}, flow: new(Flow)}
		if tt.addr != "" {
			r.flow.SrvAddr = addrOf(t, tt.addr)
		}
		NewDetector(reg, 1).conclude(r)
		assert.Equal(t, tt.want, reg.FullName(r.Master, r.App), tt.name)
		assert.Equal(t, tt.wantCategory, r.Category, tt.name)
	}
}

func TestCategoryFollowsBetterNames(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	d, r := NewDetector(reg, 1), &Result{Master: reg.mustID("HTTP"), Info: new(Info)}
	d.conclude(r)
	assert.Equal(t, Web, r.Category)
	r.Info.ServerName = "www.netflix.com"
	d.conclude(r)
	assert.Equal(t, Video, r.Category)
	r.App = reg.mustID("OCSP")
	d.conclude(r)
	assert.Equal(t, Network, r.Category)
}
