package flow

import (
	"net/netip"

	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/packet"
)

// filler puts one attribute of a record into v, which is null before.
type filler func(r *Record, v *field.Value)

// Value implements codec.Row: it fills v with field i of field.Of(field.Flow).
func (r *Record) Value(i int, v *field.Value) { fillers[i](r, v) }

// fillers stand in catalogue order; a field without one fails the tests.
var fillers = order(baseFillers(), placeFillers("cli_", FromClient), placeFillers("srv_", FromServer), directionFillers("cli2srv_", FromClient), directionFillers("srv2cli_", FromServer), dpiFillers()) //nolint:gochecknoglobals // constant

func order(tables ...map[string]filler) []filler {
	fields := field.Of(field.Flow)
	out := make([]filler, len(fields))
	for i, f := range fields {
		for _, t := range tables {
			if fill := t[f.Name]; fill != nil {
				out[i] = fill
			}
		}
	}
	return out
}

func netAddr(a packet.Addr, version uint8) netip.Addr {
	if version == 4 {
		return a.Netip()
	}
	return netip.AddrFrom16(a)
}

func baseFillers() map[string]filler {
	return map[string]filler{
		"cli_ip":        func(r *Record, v *field.Value) { a, _ := r.Client(); v.SetAddr(netAddr(a, r.version())) },
		"cli_port":      func(r *Record, v *field.Value) { _, p := r.Client(); v.SetUint(uint64(p)) },
		"srv_ip":        func(r *Record, v *field.Value) { a, _ := r.Server(); v.SetAddr(netAddr(a, r.version())) },
		"srv_port":      func(r *Record, v *field.Value) { _, p := r.Server(); v.SetUint(uint64(p)) },
		"ip_version":    func(r *Record, v *field.Value) { v.SetUint(uint64(r.version())) },
		"l4_proto":      func(r *Record, v *field.Value) { v.SetString(packet.ProtoName(r.proto())) },
		"ip_proto":      func(r *Record, v *field.Value) { v.SetUint(uint64(r.proto())) },
		"vlan_id":       func(r *Record, v *field.Value) { v.SetUint(uint64(r.vlan())) },
		"inner_vlan_id": func(r *Record, v *field.Value) { setNonZero(v, uint64(r.innerVLAN())) },
		"tunnel":        func(r *Record, v *field.Value) { v.SetNonEmpty(r.kind().String()) },
		"tunnel_id": func(r *Record, v *field.Value) {
			if id := r.teid(); r.kind().HasID() && (id != 0 || r.kind() != packet.GRE) {
				v.SetUint(uint64(id))
			}
		},
		"cli_mac":      func(r *Record, v *field.Value) { v.SetMAC(r.macs[FromClient]) },
		"srv_mac":      func(r *Record, v *field.Value) { v.SetMAC(r.macs[FromServer]) },
		"community_id": func(r *Record, v *field.Value) { v.SetString(r.CommunityID()) },
		"client_by":    func(r *Record, v *field.Value) { v.SetString(r.clientBy()) },
		"icmp_type":    func(r *Record, v *field.Value) { r.icmp(v, r.icmpType) },
		"icmp_code":    func(r *Record, v *field.Value) { r.icmp(v, r.icmpCode) },
		"interface_id": func(r *Record, v *field.Value) { v.SetUint(uint64(r.iface)) },
		"first_seen":   func(r *Record, v *field.Value) { v.SetInt(r.FirstSeen()) },
		"last_seen":    func(r *Record, v *field.Value) { v.SetInt(r.LastSeen()) },
		"duration":     func(r *Record, v *field.Value) { v.SetInt(max(r.LastSeen()-r.FirstSeen(), 0)) },
		"state":        func(r *Record, v *field.Value) { v.SetString(r.state()) },
		"end_reason":   func(r *Record, v *field.Value) { v.SetNonEmpty(r.reason.String()) },
		"packets":      func(r *Record, v *field.Value) { v.SetUint(r.Packets()) },
		"bytes":        func(r *Record, v *field.Value) { v.SetUint(r.Bytes()) },
		"fragments": func(r *Record, v *field.Value) {
			v.SetUint(uint64(r.troubles(FromClient).fragments) + uint64(r.troubles(FromServer).fragments))
		},
		"tcp_fingerprint": func(r *Record, v *field.Value) {
			if r.fingerprint != nil {
				v.SetString(*r.fingerprint)
			}
		},
		"cli_rtt": func(r *Record, v *field.Value) { setIf(v, r.is(hasCliRTT), r.cliRTT) },
		"srv_rtt": func(r *Record, v *field.Value) { setIf(v, r.is(hasSrvRTT), r.srvRTT) },
		"app_latency": func(r *Record, v *field.Value) {
			setIf(v, r.is(hasLatency), r.appLatency)
		},
	}
}

func setNonZero(v *field.Value, n uint64) {
	if n != 0 {
		v.SetUint(n)
	}
}

func setIf(v *field.Value, known bool, n int64) {
	if known {
		v.SetInt(n)
	}
}

func (r *Record) icmp(v *field.Value, n uint8) {
	if p := r.proto(); p == packet.ProtoICMP || p == packet.ProtoICMPv6 {
		v.SetUint(uint64(n))
	}
}

// directionFillers fill what each side has of its own.
func directionFillers(prefix string, side int) map[string]filler {
	table := make(map[string]filler)
	always := func(name string, get func(d *direction) uint64) {
		table[prefix+name] = func(r *Record, v *field.Value) { v.SetUint(get(&r.dir[side])) }
	}
	tcp := func(name string, get func(r *Record) uint64) {
		table[prefix+name] = func(r *Record, v *field.Value) {
			if r.proto() == packet.ProtoTCP {
				v.SetUint(get(r))
			}
		}
	}
	some := func(name string, packets uint64, set func(v *field.Value, d *direction)) {
		table[prefix+name] = func(r *Record, v *field.Value) {
			if d := &r.dir[side]; d.packets >= packets {
				set(v, d)
			}
		}
	}
	always("packets", func(d *direction) uint64 { return d.packets })
	always("bytes", func(d *direction) uint64 { return d.bytes })
	always("payload_bytes", func(d *direction) uint64 { return d.payload })
	always("dscp", func(d *direction) uint64 { return uint64(d.dscp) })
	tcp("tcp_flags", func(r *Record) uint64 { return uint64(r.dir[side].tcpFlags) })
	tcp("retransmissions", func(r *Record) uint64 { return uint64(r.troubles(side).retransmissions) })
	tcp("out_of_order", func(r *Record) uint64 { return uint64(r.troubles(side).outOfOrder) })
	tcp("zero_windows", func(r *Record) uint64 { return uint64(r.troubles(side).zeroWins) })
	some("ttl", 1, func(v *field.Value, d *direction) { v.SetUint(uint64(d.ttl)) })
	some("len_min", 1, func(v *field.Value, d *direction) { v.SetUint(uint64(d.lenMin)) })
	some("len_mean", 1, func(v *field.Value, d *direction) { v.SetFloat(d.lenMean()) })
	some("len_max", 1, func(v *field.Value, d *direction) { v.SetUint(uint64(d.lenMax)) })
	some("len_stddev", 1, func(v *field.Value, d *direction) { v.SetFloat(d.lenStddev()) })
	some("iat_min", 2, func(v *field.Value, d *direction) { v.SetInt(d.gapMin) })
	some("iat_mean", 2, func(v *field.Value, d *direction) { v.SetInt(int64(d.gapMean())) })
	some("iat_max", 2, func(v *field.Value, d *direction) { v.SetInt(d.gapMax) })
	some("iat_stddev", 2, func(v *field.Value, d *direction) { v.SetInt(int64(d.gapStddev())) })
	return table
}
