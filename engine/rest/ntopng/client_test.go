package ntopng_test

import (
	"encoding/json"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/access"
	"github.com/flowloom/flowloom/engine/rest"
	"github.com/flowloom/flowloom/engine/rest/ntopng"
	"github.com/flowloom/flowloom/engine/store"
	"github.com/flowloom/flowloom/internal/livetest"
)

const token, password = "a token for tests", "a password for tests"

// expected is what the capture contains.
type expected struct {
	Host      string           `json:"host"`
	Begin     int64            `json:"begin"`
	End       int64            `json:"end"`
	Packets   uint64           `json:"packets"`
	Bytes     uint64           `json:"bytes"`
	IPPackets uint64           `json:"ip_packets"`
	IPBytes   uint64           `json:"ip_bytes"`
	Local     int              `json:"local_hosts"`
	Hosts     map[string]*host `json:"hosts"`
}

type host struct {
	Sent        uint64 `json:"sent"`
	Rcvd        uint64 `json:"rcvd"`
	PacketsSent uint64 `json:"packets_sent"`
	PacketsRcvd uint64 `json:"packets_rcvd"`
}

// contains counts a capture with gopacket.
func contains(l *livetest.Live) *expected {
	e := &expected{Hosts: make(map[string]*host), Begin: l.Frames[0].Time / 1e9, Packets: uint64(len(l.Frames))}
	at := func(ip []byte, vlan string) *host {
		addr, _ := netip.AddrFromSlice(ip)
		name := addr.Unmap().String() + vlan
		if e.Hosts[name] == nil {
			e.Hosts[name] = &host{}
			if a := addr.Unmap(); a.IsPrivate() || a.IsLinkLocalUnicast() {
				e.Local++
			}
		}
		return e.Hosts[name]
	}
	for _, f := range l.Frames {
		e.End, e.Bytes = max(e.End, f.Time/1e9), e.Bytes+uint64(f.WireLen)
		p := gopacket.NewPacket(f.Data, layers.LayerTypeEthernet, gopacket.NoCopy)
		var src, dst []byte
		for _, l := range p.Layers() { // the innermost is what is talked about
			switch ip := l.(type) {
			case *layers.IPv4:
				src, dst = ip.SrcIP, ip.DstIP
			case *layers.IPv6:
				src, dst = ip.SrcIP, ip.DstIP
			}
		}
		if src == nil {
			continue
		}
		size, vlan := uint64(f.WireLen), ""
		if tag, ok := p.Layer(layers.LayerTypeDot1Q).(*layers.Dot1Q); ok {
			vlan = "@" + strconv.Itoa(int(tag.VLANIdentifier))
		}
		e.IPPackets, e.IPBytes = e.IPPackets+1, e.IPBytes+size
		from, to := at(src, vlan), at(dst, vlan)
		from.Sent, from.PacketsSent = from.Sent+size, from.PacketsSent+1
		to.Rcvd, to.PacketsRcvd = to.Rcvd+size, to.PacketsRcvd+1
	}
	for name, h := range e.Hosts {
		if a, err := netip.ParseAddr(name); err == nil && a.Is4() && a.IsPrivate() && (e.Host == "" || h.Sent > e.Hosts[e.Host].Sent) {
			e.Host = name
		}
	}
	return e
}

// TestTheOfficialClient has ntopng's Python client, unmodified, call each of its methods.
func TestTheOfficialClient(t *testing.T) {
	t.Parallel()
	python, err := filepath.Abs("../../../build/venv/bin/python")
	require.NoError(t, err)
	require.FileExists(t, python, "run make setup-test: this test needs the ntopng package from PyPI")
	live := livetest.Start(t)
	who, err := access.Open(access.Config{Token: token})
	require.NoError(t, err)
	require.NoError(t, who.AddUser(t.Context(), access.User{Name: "admin", Role: access.Admin}, password))
	server := httptest.NewServer(rest.New(rest.Config{
		Engine: live.Engine, History: live.History, Access: who, Version: "test",
		Compatible: ntopng.New(ntopng.Config{Engine: live.Engine, History: live.History, Protocols: live.Protocols}),
	}))
	defer server.Close()
	data, err := json.Marshal(contains(live))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "expected.json")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	run := func(phase string) {
		out, err := exec.CommandContext(t.Context(), python, "testdata/conformance.py", server.URL, token, password, path, phase).CombinedOutput()
		require.NoError(t, err, "%s: %s", phase, out)
	}
	require.Eventually(t, func() bool {
		r, err := live.History.Query(t.Context(), "SELECT 1 FROM samples WHERE schema = 'iface:flows'", store.Limits{})
		return err == nil && len(r.Rows) > 0
	}, 30*time.Second, 100*time.Millisecond)
	run("live")
	live.End(t)
	var alerts, ended int64
	live.Engine.Look(func(t engine.Tables) { alerts, ended = int64(len(t.Checks.Alerts().All())), int64(t.Ended) }) //nolint:gosec // few
	require.Eventually(t, func() bool {
		r, err := live.History.Query(t.Context(), "SELECT (SELECT count(*) FROM alerts), (SELECT count(*) FROM flows WHERE end_reason IS NOT NULL)", store.Limits{})
		return err == nil && r.Rows[0][0] == alerts && r.Rows[0][1] == ended
	}, 30*time.Second, 100*time.Millisecond)
	run("ended")
}
