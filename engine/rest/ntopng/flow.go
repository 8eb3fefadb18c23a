package ntopng

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/packet"
)

// active is what is told of a flow that goes on.
type active struct {
	id                          uint64
	client, server              side
	vlan                        uint16
	l4, l7                      string
	first, last                 int64
	packets, toServer, toClient uint64
	score                       uint16
}

type side struct {
	addr packet.Addr
	port uint16
}

func (a *active) bytes() uint64 { return a.toServer + a.toClient }

// collect copies what the flows are, as the engine waits with each.
func (s *server) collect(want func(*flow.Record) bool) []active {
	var all []active
	for f := range s.Engine.Active() {
		if !want(f) {
			continue
		}
		a := active{
			id: f.ID(), vlan: f.VLAN(), l4: packet.ProtoName(f.Proto()), l7: protocolOf(f), first: f.FirstSeen(), last: f.LastSeen(),
			packets: f.Packets(), score: f.DPI.Risks.Score(),
		}
		a.client.addr, a.client.port = f.Client()
		a.server.addr, a.server.port = f.Server()
		a.toServer, a.toClient = f.SideBytes()
		all = append(all, a)
	}
	return all
}

var flowOrders = map[string]func(a, b *active) int{ //nolint:gochecknoglobals // constant
	"bytes":      func(a, b *active) int { return cmp.Compare(a.bytes(), b.bytes()) },
	"duration":   func(a, b *active) int { return cmp.Compare(a.last-a.first, b.last-b.first) },
	"first_seen": func(a, b *active) int { return cmp.Compare(a.first, b.first) },
	"last_seen":  func(a, b *active) int { return cmp.Compare(a.last, b.last) },
	"score":      func(a, b *active) int { return cmp.Compare(a.score, b.score) },
	"vlan":       func(a, b *active) int { return cmp.Compare(a.vlan, b.vlan) },
	"proto_l4":   func(a, b *active) int { return strings.Compare(a.l4, b.l4) },
	"protocol":   func(a, b *active) int { return strings.Compare(a.l7, b.l7) },
	"client":     func(a, b *active) int { return slices.Compare(a.client.addr[:], b.client.addr[:]) },
	"server":     func(a, b *active) int { return slices.Compare(a.server.addr[:], b.server.addr[:]) },
}

func (s *server) activeFlows(r *request) (any, error) {
	if _, err := s.iface(r); err != nil {
		return nil, err
	}
	flows := s.collect(r.flowFilter())
	column := cmp.Or(strings.TrimPrefix(r.params.Get("sortColumn"), "column_"), "bytes")
	less, ok := flowOrders[column]
	if !ok {
		column, less = "bytes", flowOrders["bytes"]
	}
	order := cmp.Or(r.params.Get("sortOrder"), "desc")
	slices.SortFunc(flows, func(a, b active) int {
		c := cmp.Or(less(&a, &b), cmp.Compare(a.first, b.first), cmp.Compare(a.id, b.id))
		if order == "desc" {
			return -c
		}
		return c
	})
	part, current, per := page(r, flows)
	rows := []map[string]any{}
	s.Engine.Look(func(t engine.Tables) {
		for i := range part {
			rows = append(rows, part[i].row(&t))
		}
	})
	return map[string]any{"data": rows, "perPage": per, "currentPage": current, "totalRows": len(flows), "sort": [][]string{{"column_" + column, order}}}, nil
}

// flowFilter is what a request wants of flows.
func (r *request) flowFilter() func(*flow.Record) bool {
	ip, vlan := r.hostParam()
	port, hasPort := r.number("port", 0), r.params.Get("port") != ""
	application, l4 := r.params.Get("application"), r.params.Get("l4proto")
	number := r.number("application", 0)
	return func(f *flow.Record) bool {
		client, from := f.Client()
		server, to := f.Server()
		switch {
		case ip != "" && client.String() != ip && server.String() != ip, r.params.Get("vlan") != "" && f.VLAN() != vlan:
			return false
		case hasPort && int64(from) != port && int64(to) != port, l4 != "" && l4 != strconv.Itoa(int(f.Proto())) && !strings.EqualFold(l4, packet.ProtoName(f.Proto())):
			return false
		}
		if number > 0 {
			master, app := f.DPI.Numbers()
			return int64(master) == number || int64(app) == number
		}
		return application == "" || application == protocolOf(f) || application == f.DPI.AppName() || application == f.DPI.MasterName()
	}
}

func (a *active) row(t *engine.Tables) map[string]any {
	end := func(x side) map[string]any {
		row := map[string]any{"ip": x.addr.String(), "name": x.addr.String(), "port": x.port}
		if h := t.Hosts.Lookup(x.addr.Netip(), a.vlan); h != nil {
			row["name"], row["is_blacklisted"] = cmp.Or(h.Name, h.Addr.String()), h.Blacklist() != ""
			row["is_broadcast_domain"], row["is_broadcast"], row["is_dhcp"] = h.Local, h.IsBroadcast(), false
		}
		return row
	}
	share := 0.0
	if all := a.bytes(); all > 0 {
		share = float64(a.toServer) / float64(all) * 100
	}
	return map[string]any{
		"key": strconv.FormatUint(a.id>>32, 10), "hash_id": strconv.FormatUint(a.id&(1<<32-1), 10),
		"first_seen": seconds(a.first), "last_seen": seconds(a.last), "duration": seconds(a.last-a.first) + 1,
		"client": end(a.client), "server": end(a.server), "vlan": a.vlan, "protocol": map[string]any{"l4": a.l4, "l7": a.l7},
		"bytes": a.bytes(), "packets": a.packets, "thpt": throughput(a.bytes(), a.packets, a.first, a.last),
		"breakdown": map[string]any{"cli2srv": share, "srv2cli": 100 - share}, "score": strconv.Itoa(int(a.score)),
	}
}

func (s *server) flowsByL4(r *request) (any, error) {
	if _, err := s.iface(r); err != nil {
		return nil, err
	}
	counted := make(map[uint8]int)
	for f := range s.Engine.Active() {
		counted[f.Proto()]++
	}
	rows := []map[string]int{}
	for proto := range 256 {
		if n := counted[uint8(proto)]; n > 0 { //nolint:gosec // below 256
			rows = append(rows, map[string]int{"id": proto, "count": n})
		}
	}
	return rows, nil
}

func (s *server) flowsByL7(r *request) (any, error) {
	if _, err := s.iface(r); err != nil {
		return nil, err
	}
	counted := make(map[string]int)
	for f := range s.Engine.Active() {
		counted[protocolOf(f)]++
	}
	rows := []map[string]any{}
	for name, n := range counted {
		rows = append(rows, map[string]any{"name": name, "count": n})
	}
	slices.SortFunc(rows, func(a, b map[string]any) int { return strings.Compare(a["name"].(string), b["name"].(string)) }) //nolint:forcetypeassert // made above
	return rows, nil
}
