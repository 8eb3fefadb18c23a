package ntopng

import (
	"cmp"
	"iter"
	"net/netip"
	"slices"
	"strings"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/packet"
)

// keyOf is how ntopng names a host: ip, or ip@vlan.
func keyOf(h *host.Host) string { return h.Label() }

func seconds(ns int64) int64 { return ns / 1e9 }

// throughput is the mean since the beginning.
func throughput(bytes, packets uint64, first, last int64) map[string]any {
	lasted := max(float64(last-first)/1e9, 1)
	return map[string]any{"bps": float64(bytes) * 8 / lasted, "pps": float64(packets) / lasted}
}

// engagedBy counts the alerts of hosts that last.
func engagedBy(t *engine.Tables) map[string]int {
	n := make(map[string]int)
	if t.Checks != nil {
		for _, a := range t.Checks.Alerts().All() {
			if !a.Released && a.Entity.String() == "host" {
				n[a.Subject]++
			}
		}
	}
	return n
}

func hostRow(h *host.Host, alerts map[string]int) map[string]any {
	key := keyOf(h)
	return map[string]any{
		"key": strings.NewReplacer(".", "__", ":", "___").Replace(key), "ip": h.Addr.String(), "vlan": h.VLAN, "os": 0,
		"name": cmp.Or(h.Name, h.Addr.String()), "first_seen": seconds(h.FirstSeen), "last_seen": seconds(h.LastSeen),
		"num_alerts": alerts[key], "is_localhost": h.Local, "is_multicast": h.Addr.Netip().IsMulticast(), "is_broadcast": h.IsBroadcast(),
		"is_broadcast_domain": h.Local, "is_blacklisted": h.Blacklist() != "", "country": h.About().Country,
		"score": map[string]any{"total": h.Score(), "as_client": 0, "as_server": 0},
		"thpt":  throughput(h.Bytes(), h.PacketsSent+h.PacketsRcvd, h.FirstSeen, h.LastSeen),
		"bytes": map[string]any{"total": h.Bytes(), "sent": h.BytesSent, "recvd": h.BytesRcvd},
	}
}

// place is where a host is.
type place struct {
	addr packet.Addr
	vlan uint16
}

// sides counts flows that go on by the side that a host has in them.
type sides struct{ client, server uint64 }

// countFlows fills the counters of hosts.
func (s *server) countFlows(of map[place]*sides) {
	s.Engine.Shards(func(flows iter.Seq[*flow.Record]) {
		for f := range flows {
			client, _ := f.Client()
			server, _ := f.Server()
			if n := of[place{client, f.VLAN()}]; n != nil {
				n.client++
			}
			if n := of[place{server, f.VLAN()}]; n != nil {
				n.server++
			}
		}
	})
}

// page cuts out what a request asks for, and tells which page that is.
func page[T any](r *request, rows []T) (part []T, current, per int64) {
	if r.params.Get("all") != "" {
		return rows, 0, -1
	}
	current, per = max(r.number("currentPage", 1), 1), min(max(r.number("perPage", 10), 1), 10_000)
	n := int64(len(rows))
	from := min((current-1)*per, n)
	if current > n { // before the product could overflow
		from = n
	}
	return rows[from:min(from+per, n)], current, per
}

func (s *server) activeHosts(r *request) (any, error) {
	if _, err := s.iface(r); err != nil {
		return nil, err
	}
	column := cmp.Or(strings.TrimPrefix(r.params.Get("sortColumn"), "column_"), "traffic")
	less, ok := hostOrders[column]
	if !ok {
		column, less = "traffic", hostOrders["traffic"]
	}
	order := cmp.Or(r.params.Get("sortOrder"), "desc")
	rows, at, flows := []map[string]any{}, []place{}, make(map[place]*sides)
	var current, per int64
	s.Engine.Look(func(t engine.Tables) {
		hosts := wanted(r, &t)
		slices.SortFunc(hosts, func(a, b *host.Host) int {
			c := cmp.Or(less(a, b), host.CompareByAddr(a, b))
			if order == "desc" {
				return -c
			}
			return c
		})
		var part []*host.Host
		part, current, per = page(r, hosts)
		alerts := engagedBy(&t)
		for _, h := range part {
			where := place{h.Addr, h.VLAN}
			rows, at, flows[where] = append(rows, hostRow(h, alerts)), append(at, where), &sides{}
		}
	})
	s.countFlows(flows)
	for i, row := range rows {
		n := flows[at[i]]
		row["num_flows"] = map[string]any{"total": n.client + n.server, "as_client": n.client, "as_server": n.server}
	}
	return map[string]any{"data": rows, "perPage": per, "currentPage": current, "sort": [][]string{{"column_" + column, order}}}, nil
}

var hostOrders = map[string]func(a, b *host.Host) int{ //nolint:gochecknoglobals // constant
	"traffic":      func(a, b *host.Host) int { return cmp.Compare(a.Bytes(), b.Bytes()) },
	"traffic_sent": func(a, b *host.Host) int { return cmp.Compare(a.BytesSent, b.BytesSent) },
	"traffic_rcvd": func(a, b *host.Host) int { return cmp.Compare(a.BytesRcvd, b.BytesRcvd) },
	"ip":           host.CompareByAddr,
	"name":         func(a, b *host.Host) int { return strings.Compare(a.Name, b.Name) },
	"since":        func(a, b *host.Host) int { return cmp.Compare(a.FirstSeen, b.FirstSeen) },
	"num_flows":    func(a, b *host.Host) int { return cmp.Compare(a.ActiveFlows, b.ActiveFlows) },
	"score":        func(a, b *host.Host) int { return cmp.Compare(a.Score(), b.Score()) },
	"vlan":         func(a, b *host.Host) int { return cmp.Compare(a.VLAN, b.VLAN) },
	"country":      func(a, b *host.Host) int { return strings.Compare(a.About().Country, b.About().Country) },
	"asn":          func(a, b *host.Host) int { return cmp.Compare(a.About().ASN, b.About().ASN) },
}

// wanted are the hosts that a request is about.
func wanted(r *request, t *engine.Tables) []*host.Host {
	mode, version := r.params.Get("mode"), r.params.Get("version")
	var found []*host.Host
	for h := range t.Hosts.All() {
		is4 := h.Addr.Is4()
		switch {
		case mode == "local" && !h.Local, mode == "remote" && h.Local, mode == "blacklisted" && h.Blacklist() == "",
			version == "4" && !is4, version == "6" && is4:
		case r.params.Get("vlan") != "" && r.number("vlan", -1) != int64(h.VLAN):
		default:
			found = append(found, h)
		}
	}
	return found
}

// host shows the host that a request is about.
func (s *server) host(r *request, show func(t *engine.Tables, h *host.Host)) error {
	ip, vlan := r.hostParam()
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		return errArguments
	}
	err = errNotFound
	s.Engine.Look(func(t engine.Tables) {
		if h := t.Hosts.Lookup(addr, vlan); h != nil {
			show(&t, h)
			err = nil
		}
	})
	return err
}

func (s *server) hostInterfaces(r *request) (any, error) {
	found := make(map[string]any)
	all, _ := s.Engine.Status()
	err := s.host(r, func(_ *engine.Tables, h *host.Host) {
		ids := []map[string]any{}
		for i := range all {
			ids = append(ids, map[string]any{"ifid": all[i].ID})
		}
		found[keyOf(h)] = ids
	})
	return found, err
}

func (s *server) hostData(r *request) (any, error) {
	if _, err := s.iface(r); err != nil {
		return nil, err
	}
	var rsp map[string]any
	err := s.host(r, func(t *engine.Tables, h *host.Host) {
		rsp = map[string]any{
			"ip": h.Addr.String(), "vlan": h.VLAN, "ip_version": version(h), "ifid": r.params.Get("ifid"), "name": cmp.Or(h.Name, h.Addr.String()),
			"tskey": keyOf(h), "mac": macOf(h.MAC), "asn": h.About().ASN, "asname": h.About().ASName, "country": h.About().Country, "city": h.About().City,
			"localhost": h.Local, "systemhost": false, "privatehost": h.Addr.Netip().IsPrivate(), "is_blacklisted": h.Blacklist() != "",
			"is_broadcast": h.IsBroadcast(), "is_multicast": h.Addr.Netip().IsMulticast(), "is_rx_only": h.PacketsSent == 0, "local_network_name": h.About().Network,
			"seen.first": seconds(h.FirstSeen), "seen.last": seconds(h.LastSeen), "duration": seconds(h.LastSeen - h.FirstSeen),
			"bytes.sent": h.BytesSent, "bytes.rcvd": h.BytesRcvd, "packets.sent": h.PacketsSent, "packets.rcvd": h.PacketsRcvd,
			"active_flows": h.ActiveFlows, "total_flows.as_client": h.FlowsAsClient, "total_flows.as_server": h.FlowsAsServer,
			"num_alerts": engagedBy(t)[keyOf(h)], "score": h.Score(), "ndpi": ndpi(h),
			"tcpPacketStats.sent": map[string]any{"retransmissions": h.Retransmissions, "out_of_order": h.OutOfOrder},
		}
		rate := throughput(h.Bytes(), h.PacketsSent+h.PacketsRcvd, h.FirstSeen, h.LastSeen)
		rsp["throughput_bps"], rsp["throughput_pps"] = rate["bps"].(float64)/8, rate["pps"] //nolint:forcetypeassert // made above
	})
	return rsp, err
}

func version(h *host.Host) int {
	if h.Addr.Is4() {
		return 4
	}
	return 6
}

func macOf(mac [6]byte) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i, x := range mac {
		if i > 0 {
			b.WriteByte(':')
		}
		b.WriteByte(hex[x>>4])
		b.WriteByte(hex[x&15])
	}
	return b.String()
}

// ndpi is what the host did, by protocol.
func ndpi(h *host.Host) any {
	of := make(map[string]any)
	for a := range h.Apps() {
		of[a.Name] = map[string]any{
			"breed": a.Breed, "bytes.sent": a.BytesSent, "bytes.rcvd": a.BytesRcvd, "packets.sent": a.PacketsSent, "packets.rcvd": a.PacketsRcvd,
			"duration": int64(a.Duration().Seconds()), "num_flows": a.Flows,
		}
	}
	if len(of) == 0 {
		return nothing
	}
	return of
}

// hostL7 tells the bytes of a host by protocol, or by breed.
func (s *server) hostL7(r *request) (any, error) {
	if _, err := s.iface(r); err != nil {
		return nil, err
	}
	type row struct {
		share
		Duration int64 `json:"duration"`
	}
	rows := []row{}
	err := s.host(r, func(_ *engine.Tables, h *host.Host) {
		counted, lasted := make(map[string]uint64), make(map[string]int64)
		for a := range h.Apps() {
			label := a.Name
			if r.params.Get("breed") == "true" { // the client's True is none to ntopng
				label = a.Breed
			}
			counted[label] += a.BytesSent + a.BytesRcvd
			lasted[label] = max(lasted[label], int64(a.Duration().Seconds()))
		}
		least := 0.03
		if r.params.Get("collapse_stats") == "true" {
			least = 0
		}
		for _, x := range shares(counted, least, len(counted)) {
			rows = append(rows, row{x, lasted[x.Label]})
		}
	})
	return rows, err
}

func (s *server) hostDSCP(r *request) (any, error) {
	if _, err := s.iface(r); err != nil {
		return nil, err
	}
	counted := make(map[string]uint64)
	err := s.host(r, func(_ *engine.Tables, h *host.Host) { countDSCP(counted, h) })
	return shares(counted, 0.01, len(counted)), err
}

// talkers are the local or remote hosts that send most.
func (s *server) talkers(local bool) handler {
	return func(r *request) (any, error) {
		if _, err := s.iface(r); err != nil {
			return nil, err
		}
		const most = 10
		rows := []map[string]any{}
		s.Engine.Look(func(t engine.Tables) {
			var hosts []*host.Host
			for h := range t.Hosts.All() {
				if h.Local == local && h.BytesSent > 0 {
					hosts = append(hosts, h)
				}
			}
			slices.SortFunc(hosts, func(a, b *host.Host) int {
				return cmp.Or(cmp.Compare(b.BytesSent, a.BytesSent), host.CompareByAddr(a, b))
			})
			for _, h := range hosts[:min(len(hosts), most)] {
				rate := throughput(h.BytesSent, h.PacketsSent, h.FirstSeen, h.LastSeen)
				rows = append(rows, map[string]any{"name": cmp.Or(h.Name, keyOf(h)), "throughput": rate["bps"], "throughput_type": "bps"})
			}
		})
		return rows, nil
	}
}
