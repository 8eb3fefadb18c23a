package rest

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/packet"
)

// class is how much was sent with a DSCP.
type class struct {
	Name    string `json:"dscp"`
	Packets uint64 `json:"packets"`
}

// peer is what a host and another one exchange in flows that go on.
type peer struct {
	IP    string `json:"ip"`
	Flows uint64 `json:"flows"`
	Sent  uint64 `json:"bytes_sent"`
	Rcvd  uint64 `json:"bytes_rcvd"`
}

func classMembers() map[string]schema {
	return map[string]schema{"dscp": text("class (RFC 2474 and others), or its number"), "packets": integer("packets that were sent with it")}
}

func peersSchema() schema {
	return rowsOf(map[string]schema{
		"ip": text("of the other host"), "flows": integer("that go on between the two"),
		"bytes_sent": integer("that the host sent to the other"), "bytes_rcvd": integer("that the other sent"),
	})
}

func classes(h *host.Host) []class {
	sum := make(map[string]uint64)
	for name, packets := range h.DSCP() {
		sum[name] += packets
	}
	return sortedClasses(sum)
}

func sortedClasses(sum map[string]uint64) []class {
	all := []class{}
	for name, packets := range sum {
		all = append(all, class{name, packets})
	}
	slices.SortFunc(all, func(a, b class) int { return cmp.Or(cmp.Compare(b.Packets, a.Packets), cmp.Compare(a.Name, b.Name)) })
	return all
}

// dscp tells what all hosts sent with each class.
func (s *server) dscp(c *gin.Context) {
	sum := make(map[string]uint64)
	s.cfg.Engine.Look(func(t engine.Tables) {
		for h := range t.Hosts.All() {
			for name, packets := range h.DSCP() {
				sum[name] += packets
			}
		}
	})
	c.JSON(http.StatusOK, gin.H{"rows": sortedClasses(sum)})
}

// peers tells whom a host has flows with.
func (s *server) peers(c *gin.Context) {
	ip, vlan, ok := hostAsked(c)
	if !ok {
		return
	}
	own, found := packet.AddrFrom(ip), make(map[packet.Addr]*peer)
	for r := range s.cfg.Engine.Active() {
		if r.VLAN() == vlan && r.Packets() > 0 {
			meet(found, own, r)
		}
	}
	rows := make([]*peer, 0, len(found))
	for addr, p := range found {
		p.IP = addr.String()
		rows = append(rows, p)
	}
	slices.SortFunc(rows, func(a, b *peer) int {
		return cmp.Or(cmp.Compare(b.Sent+b.Rcvd, a.Sent+a.Rcvd), cmp.Compare(a.IP, b.IP))
	})
	c.JSON(http.StatusOK, gin.H{"rows": rows[:min(len(rows), maxLimit)]})
}

// meet adds a flow to the peers of a host, if it is one of the host's.
func meet(peers map[packet.Addr]*peer, own packet.Addr, r *flow.Record) {
	other, _ := r.Server()
	client, _ := r.Client()
	sent, rcvd := r.SideBytes()
	switch own {
	case client:
	case other:
		other, sent, rcvd = client, rcvd, sent
	default:
		return
	}
	p := peers[other]
	if p == nil {
		p = &peer{}
		peers[other] = p
	}
	p.Flows++
	p.Sent += sent
	p.Rcvd += rcvd
}
