package ntopng

import (
	"cmp"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
)

func (s *server) interfaces(*request) (any, error) {
	type row struct {
		ID     uint16 `json:"ifid"`
		Ifname string `json:"ifname"`
		Name   string `json:"name"`
	}
	rows := []row{}
	all, _ := s.Engine.Status()
	for i := range all {
		rows = append(rows, row{all[i].ID, all[i].Name, all[i].Name})
	}
	return rows, nil
}

// totals are what interface/data tells of the tables.
type totals struct {
	hosts, local, rcvdOnly, localRcvdOnly, macs int
	localSent, localRcvd                        uint64
	alerts                                      []alert.Alert
	dropped                                     uint64 // alerts
}

func (s *server) totals() totals {
	var n totals
	s.Engine.Look(func(t engine.Tables) {
		cards := make(map[[6]byte]bool)
		n.hosts = t.Hosts.Len()
		for h := range t.Hosts.All() {
			cards[h.MAC] = true
			silent := h.PacketsSent == 0
			if silent {
				n.rcvdOnly++
			}
			if h.Local {
				n.local++
				n.localSent, n.localRcvd = n.localSent+h.BytesSent, n.localRcvd+h.BytesRcvd
				if silent {
					n.localRcvdOnly++
				}
			}
		}
		delete(cards, [6]byte{})
		n.macs = len(cards)
		if t.Checks != nil {
			for _, a := range t.Checks.Alerts().All() {
				n.alerts = append(n.alerts, *a)
			}
			for _, c := range t.Checks.Alerts().Counters() {
				n.dropped += c.Value
			}
		}
	})
	return n
}

func (s *server) interfaceData(r *request) (any, error) {
	x, err := s.iface(r)
	if err != nil {
		return nil, err
	}
	n, active := s.totals(), s.Engine.ActiveFlows()
	seconds := max(float64(x.LastSeen-x.FirstSeen)/1e9, 1)
	engaged, alerted := make(map[alert.Severity]int), make(map[alert.Severity]int)
	engagedAll, alertedAll := 0, 0
	for i := range n.alerts {
		a := &n.alerts[i]
		if a.Status == alert.Engaged {
			engaged[a.Severity()]++
			engagedAll++
		}
		if a.Entity == alert.Flow {
			alerted[a.Severity()]++
			alertedAll++
		}
	}
	severe := func(of map[alert.Severity]int) int { return of[alert.Error] + of[alert.Critical] + of[alert.Emergency] }
	now := time.Now()
	return map[string]any{
		"ifid": r.params.Get("ifid"), "ifname": x.Name, "speed": 0, "is_view": false,
		"packets": x.Packets, "bytes": x.Bytes, "drops": x.Dropped, "tot_pkt_drops": x.Dropped,
		"throughput_bps": float64(x.Bytes) / seconds, "throughput_pps": float64(x.Packets) / seconds,
		"num_flows": active, "num_hosts": n.hosts, "num_local_hosts": n.local, "num_devices": n.macs,
		"num_rcvd_only_hosts": n.rcvdOnly, "num_local_rcvd_only_hosts": n.localRcvdOnly,
		"engaged_alerts": engagedAll, "engaged_alerts_notice": engaged[alert.Info] + engaged[alert.Notice],
		"engaged_alerts_warning": engaged[alert.Warning], "engaged_alerts_error": severe(engaged),
		"alerted_flows": alertedAll, "alerted_flows_notice": alerted[alert.Info] + alerted[alert.Notice],
		"alerted_flows_warning": alerted[alert.Warning], "alerted_flows_error": severe(alerted),
		"num_local_hosts_anomalies": 0, "num_remote_hosts_anomalies": 0, "dropped_alerts": n.dropped,
		"bytes_upload": n.localSent, "bytes_download": n.localRcvd,
		"epoch": now.Unix(), "localtime": now.Format("15:04:05 -0700"),
		"uptime": time.Duration(x.LastSeen - x.FirstSeen).Round(time.Second).String(),
	}, nil
}

func (s *server) addresses(r *request) (any, error) {
	x, err := s.iface(r)
	if err != nil {
		return nil, err
	}
	found := []string{}
	if card, err := net.InterfaceByName(x.Name); err == nil {
		if addrs, err := card.Addrs(); err == nil {
			for _, a := range addrs {
				found = append(found, a.String())
			}
		}
	}
	return map[string]any{"addresses": found}, nil
}

// broadcastDomains are the networks of the interface's own addresses, with the number of
// hosts that were seen in them.
func (s *server) broadcastDomains(r *request) (any, error) {
	rsp, err := s.addresses(r)
	if err != nil {
		return nil, err
	}
	domains := make(map[string]any)
	for _, text := range rsp.(map[string]any)["addresses"].([]string) { //nolint:forcetypeassert // made above
		p, err := netip.ParsePrefix(text)
		if err != nil || !p.Addr().Is4() {
			continue
		}
		p = p.Masked()
		hits := 0
		s.Engine.Look(func(t engine.Tables) {
			for h := range t.Hosts.All() {
				if p.Contains(h.Addr.Netip()) {
					hits++
				}
			}
		})
		domains[p.String()] = map[string]any{"ghost_network": false, "hits": hits}
	}
	if len(domains) == 0 {
		return map[string]any{"bcast_domains": nothing}, nil
	}
	return map[string]any{"bcast_domains": domains}, nil
}

// share is a slice of a pie.
type share struct {
	Label string `json:"label"`
	Value uint64 `json:"value"`
}

// shares sorts what was counted. What is below a part of all goes into Other, as does what
// is more than most.
func shares(of map[string]uint64, least float64, most int) []share {
	var all []share
	var total, other uint64
	for label, v := range of {
		all = append(all, share{label, v})
		total += v
	}
	slices.SortFunc(all, func(a, b share) int { return cmp.Or(cmp.Compare(b.Value, a.Value), strings.Compare(a.Label, b.Label)) })
	kept := []share{}
	for _, x := range all {
		if float64(x.Value) <= least*float64(total) || len(kept) == most {
			other += x.Value
		} else {
			kept = append(kept, x)
		}
	}
	if other > 0 {
		kept = append(kept, share{"Other", other})
	}
	return kept
}

// is reads a flag; Python writes it True.
func (r *request) is(name string) bool { return strings.EqualFold(r.params.Get(name), "true") }

// interfaceL7 counts the active flows of each protocol, or the bytes of all flows.
func (s *server) interfaceL7(r *request) (any, error) {
	if _, err := s.iface(r); err != nil {
		return nil, err
	}
	counted := make(map[string]uint64)
	switch r.params.Get("ndpistats_mode") {
	case "count":
		for f := range s.Engine.Active() {
			counted[protocolOf(f)]++
		}
		if len(counted) == 0 {
			return []share{{"No Flows", 0}}, nil
		}
		if r.is("all_values") {
			return shares(counted, 0, len(counted)), nil
		}
		return shares(counted, 0.03, int(r.number("max_values", 5))), nil
	case "sinceStartup":
		s.Engine.Look(func(t engine.Tables) {
			for _, p := range t.Protocols.Sorted() {
				counted[p.Name] += p.Bytes
			}
		})
		for f := range s.Engine.Active() {
			counted[protocolOf(f)] += f.Bytes()
		}
		if r.is("collapse_stats") {
			return shares(counted, 0, len(counted)), nil
		}
		return shares(counted, 0.03, len(counted)), nil
	default:
		return nil, errArguments
	}
}

func protocolOf(f *flow.Record) string { return cmp.Or(f.DPI.Name(), "Unknown") }

// interfaceDSCP counts the packets of each class.
func (s *server) interfaceDSCP(r *request) (any, error) {
	if _, err := s.iface(r); err != nil {
		return nil, err
	}
	counted := make(map[string]uint64)
	s.Engine.Look(func(t engine.Tables) {
		for h := range t.Hosts.All() {
			countDSCP(counted, h)
		}
	})
	return shares(counted, 0.01, len(counted)), nil
}

func countDSCP(counted map[string]uint64, h *host.Host) {
	for class, packets := range h.DSCP() {
		counted[class] += packets
	}
}
