package rest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"slices"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/host"
)

// application is what a host did with one protocol.
type application struct {
	Name  string `json:"l7_proto"`
	Flows uint64 `json:"flows"`
	Sent  uint64 `json:"bytes_sent"`
	Rcvd  uint64 `json:"bytes_rcvd"`
}

func hostSchema() schema {
	return object(map[string]schema{
		"host": reference("host"),
		"applications": arrayOf(object(map[string]schema{
			"l7_proto": text("protocol and application"), "flows": integer("flows of it that ended"), "bytes_sent": integer("bytes on the wire"), "bytes_rcvd": integer("bytes on the wire"),
		})),
		"dscp":   arrayOf(object(classMembers())),
		"alerts": arrayOf(reference("alert")),
	})
}

func hostParameters() []schema {
	return []schema{
		{"name": "ip", "in": "path", "required": true, "description": "address of the host", "schema": schema{"type": "string", "anyOf": []schema{{"format": "ipv4"}, {"format": "ipv6"}}}},
		one("vlan_id", "VLAN of the host, 0 or none for untagged", schema{"type": "integer", "minimum": 0, "maximum": 4095}),
	}
}

// hostAsked reads which host a client means; the problem is told if it cannot.
func hostAsked(c *gin.Context) (ip netip.Addr, vlan uint16, ok bool) {
	ip, err := netip.ParseAddr(c.Param("ip"))
	if err != nil {
		fail(c, http.StatusBadRequest, fmt.Sprintf("cannot look for %q: it is no address", c.Param("ip")))
		return ip, 0, false
	}
	n, err := number("vlan_id", cmp.Or(c.Query("vlan_id"), "0"), 4095)
	if err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return ip, 0, false
	}
	return ip.Unmap().WithZone(""), uint16(n), true //nolint:gosec // at most 4095
}

// host tells all about one host.
func (s *server) host(c *gin.Context) {
	ip, vlan, ok := hostAsked(c)
	if !ok {
		return
	}
	var out gin.H
	s.cfg.Engine.Look(func(t engine.Tables) {
		if h := t.Hosts.Lookup(ip, vlan); h != nil {
			out = gin.H{"host": rowObject(field.Host, h), "applications": applications(h), "dscp": classes(h), "alerts": alertsOf(&t, h)}
		}
	})
	if out == nil {
		fail(c, http.StatusNotFound, fmt.Sprintf("there is no host %s on VLAN %d", ip, vlan))
		return
	}
	c.JSON(http.StatusOK, out)
}

// rowObject writes one record.
func rowObject(scope field.Scope, r codec.Row) json.RawMessage {
	cols, _ := codec.Select(scope, nil) // all there are
	var b bytes.Buffer
	w := codec.NewJSON(&b, cols)
	_ = w.Write(r) // into memory
	_ = w.Close()
	return bytes.TrimSpace(b.Bytes())
}

func applications(h *host.Host) []application {
	all := []application{}
	for a := range h.Apps() {
		all = append(all, application{a.Name, a.Flows, a.BytesSent, a.BytesRcvd})
	}
	slices.SortFunc(all, func(a, b application) int {
		return cmp.Or(cmp.Compare(b.Sent+b.Rcvd, a.Sent+a.Rcvd), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// alertsOf lists the alerts about a host, the latest first.
func alertsOf(t *engine.Tables, h *host.Host) []json.RawMessage {
	all := []json.RawMessage{}
	if t.Checks == nil {
		return all
	}
	for _, a := range slices.Backward(t.Checks.Alerts().All()) {
		if a.Entity == alert.Host && a.Subject == h.Label() && len(all) < defaultLimit {
			all = append(all, rowObject(field.Alert, check.AlertRow{Alert: a}))
		}
	}
	return all
}
