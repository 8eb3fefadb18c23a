package host

import (
	"strconv"

	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/packet"
)

// Value implements codec.Row for field.Host.
func (h *Host) Value(i int, v *field.Value) { hostFillers[i](h, v) }

var hostFillers = order(field.Host, map[string]func(*Host, *field.Value){ //nolint:gochecknoglobals // constant
	"ip":                  func(h *Host, v *field.Value) { v.SetAddr(h.Addr.Netip()) },
	"vlan_id":             func(h *Host, v *field.Value) { v.SetUint(uint64(h.VLAN)) },
	"mac":                 func(h *Host, v *field.Value) { v.SetMAC(h.MAC) },
	"name":                func(h *Host, v *field.Value) { v.SetNonEmpty(h.Name) },
	"is_local":            func(h *Host, v *field.Value) { v.SetBool(h.Local) },
	"is_multicast":        func(h *Host, v *field.Value) { v.SetBool(h.Addr.Netip().IsMulticast()) },
	"is_broadcast":        func(h *Host, v *field.Value) { v.SetBool(h.IsBroadcast()) },
	"first_seen":          func(h *Host, v *field.Value) { v.SetInt(h.FirstSeen) },
	"last_seen":           func(h *Host, v *field.Value) { v.SetInt(h.LastSeen) },
	"bytes_sent":          func(h *Host, v *field.Value) { v.SetUint(h.BytesSent) },
	"bytes_rcvd":          func(h *Host, v *field.Value) { v.SetUint(h.BytesRcvd) },
	"packets_sent":        func(h *Host, v *field.Value) { v.SetUint(h.PacketsSent) },
	"packets_rcvd":        func(h *Host, v *field.Value) { v.SetUint(h.PacketsRcvd) },
	"throughput":          func(h *Host, v *field.Value) { v.SetFloat(rate(h.Bytes(), h.FirstSeen, h.LastSeen)) },
	"flows_as_client":     func(h *Host, v *field.Value) { v.SetUint(h.FlowsAsClient) },
	"flows_as_server":     func(h *Host, v *field.Value) { v.SetUint(h.FlowsAsServer) },
	"active_flows":        func(h *Host, v *field.Value) { v.SetUint(h.ActiveFlows) },
	"peers":               func(h *Host, v *field.Value) { v.SetUint(h.Peers()) },
	"protocols":           func(h *Host, v *field.Value) { v.SetList(h.protocols.names(packet.ProtoName)) },
	"dscp":                func(h *Host, v *field.Value) { v.SetList(h.dscp.names(dscpName)) },
	"tcp_retransmissions": func(h *Host, v *field.Value) { v.SetUint(h.Retransmissions) },
	"tcp_out_of_order":    func(h *Host, v *field.Value) { v.SetUint(h.OutOfOrder) },
	"tcp_zero_windows":    func(h *Host, v *field.Value) { v.SetUint(h.ZeroWindows) },
	"tcp_resets":          func(h *Host, v *field.Value) { v.SetUint(h.Reset) },
	"one_way_flows":       func(h *Host, v *field.Value) { v.SetUint(h.OneWayFlows) },
	"flows_score":         func(h *Host, v *field.Value) { v.SetUint(h.Score()) },
	"blacklist":           func(h *Host, v *field.Value) { v.SetNonEmpty(h.Blacklist()) },
	"network":             func(h *Host, v *field.Value) { v.SetNonEmpty(h.About().Network) },
	"country":             func(h *Host, v *field.Value) { v.SetNonEmpty(h.About().Country) },
	"city":                func(h *Host, v *field.Value) { v.SetNonEmpty(h.About().City) },
	"asn": func(h *Host, v *field.Value) {
		if n := h.About().ASN; n != 0 {
			v.SetUint(uint64(n))
		}
	},
	"as_org":     func(h *Host, v *field.Value) { v.SetNonEmpty(h.About().ASName) },
	"mac_vendor": func(h *Host, v *field.Value) { v.SetNonEmpty(h.Vendor()) },
})

// IsBroadcast reports the limited broadcast address.
func (h *Host) IsBroadcast() bool {
	return h.Addr.Is4() && h.Addr[12]&h.Addr[13]&h.Addr[14]&h.Addr[15] == 0xff
}

// dscpName returns the class of a code point (RFC 2474, 2597, 3246, 5865, 8622),
// or its number.
func dscpName(d uint8) string {
	switch {
	case d == 0:
		return "BE"
	case d == 1:
		return "LE"
	case d == 44:
		return "VA"
	case d == 46:
		return "EF"
	case d%8 == 0:
		return "CS" + strconv.Itoa(int(d/8))
	case d >= 10 && d <= 38 && d%2 == 0:
		return "AF" + strconv.Itoa(int(d/8)) + strconv.Itoa(int(d%8/2))
	default:
		return strconv.Itoa(int(d))
	}
}
