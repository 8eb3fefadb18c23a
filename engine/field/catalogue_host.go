package field

// hostFields is the aggregate of one address on one VLAN.
var hostFields = []Field{
	{Name: "ip", Kind: IP, Doc: "Address of the host"},
	{Name: "vlan_id", Kind: Uint16, Doc: "VLAN of the host, 0 when untagged"},
	{Name: "mac", Kind: MAC, Optional: true, Doc: "Hardware address that the host's frames came from"},
	{Name: "name", Kind: String, Optional: true, Doc: "Name of the host as its own or others' traffic told it"},
	{Name: "is_local", Kind: Bool, Doc: "Address is in a local network (`--local-nets`)"},
	{Name: "is_multicast", Kind: Bool, Doc: "Address is a multicast group"},
	{Name: "is_broadcast", Kind: Bool, Doc: "Address is the limited broadcast address"},
	{Name: "first_seen", Kind: Time, Doc: "Start of the host's first flow"},
	{Name: "last_seen", Kind: Time, Doc: "Time of the host's last packet"},
	{Name: "bytes_sent", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire that the host sent"},
	{Name: "bytes_rcvd", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire that were sent to the host"},
	{Name: "packets_sent", Kind: Uint64, Unit: "packets", Doc: "Packets that the host sent"},
	{Name: "packets_rcvd", Kind: Uint64, Unit: "packets", Doc: "Packets that were sent to the host"},
	{Name: "throughput", Kind: Float64, Unit: "bit/s", Doc: "Mean rate over the host's life, both ways"},
	{Name: "flows_as_client", Kind: Uint64, Unit: "flows", Doc: "Flows that the host opened"},
	{Name: "flows_as_server", Kind: Uint64, Unit: "flows", Doc: "Flows that others opened to the host"},
	{Name: "active_flows", Kind: Uint64, Unit: "flows", Doc: "Flows of the host that have not ended"},
	{Name: "peers", Kind: Uint64, Unit: "hosts", Doc: "Distinct addresses that the host exchanged packets with (exact up to 64, estimated beyond)"},
	{Name: "protocols", Kind: StringList, Doc: "Protocols over IP of the host's flows, most bytes first"},
	{Name: "dscp", Kind: StringList, Doc: "DSCP classes that the host sent with, most packets first"},
	{Name: "tcp_retransmissions", Kind: Uint64, Unit: "packets", Doc: "TCP segments that the host sent again"},
	{Name: "tcp_out_of_order", Kind: Uint64, Unit: "packets", Doc: "TCP segments of the host that arrived out of order"},
	{Name: "tcp_zero_windows", Kind: Uint64, Unit: "packets", Doc: "TCP segments in which the host announced a zero window"},
	{Name: "tcp_resets", Kind: Uint64, Unit: "flows", Doc: "TCP flows that the host ended by RST"},
	{Name: "one_way_flows", Kind: Uint64, Unit: "flows", Doc: "TCP and UDP flows of the host that ended without an answer"},
	{Name: "flows_score", Kind: Uint64, Doc: "Sum of the scores of the host's flows that ended"},
	{Name: "blacklist", Kind: String, Optional: true, Doc: "Name of the list that has the address (`--blacklists`)"},
	{Name: "network", Kind: String, Optional: true, Doc: "Name of the local network (`--local-nets CIDR=name`)"},
	{Name: "country", Kind: String, Optional: true, Doc: "Country of the address, ISO 3166-1 (`--geoip`)"},
	{Name: "city", Kind: String, Optional: true, Doc: "City of the address (`--geoip`)"},
	{Name: "asn", Kind: Uint32, Optional: true, Doc: "Autonomous system of the address (`--geoip`)"},
	{Name: "as_org", Kind: String, Optional: true, Doc: "Organisation that runs the autonomous system (`--geoip`)"},
	{Name: "mac_vendor", Kind: String, Optional: true, Doc: "Vendor of the network card (`--mac-vendors`)"},
}

// interfaceFields is the aggregate of one capture source: a file, an interface
// of a pcapng file, or a network interface.
var interfaceFields = []Field{
	{Name: "id", Kind: Uint16, Doc: "Number of the interface, from 0"},
	{Name: "name", Kind: String, Doc: "Name of the source, with the interface's own name where it has one"},
	{Name: "link_type", Kind: String, Doc: "Link type as in the pcap registry (`EN10MB`, `LINUX_SLL` ...)"},
	{Name: "first_seen", Kind: Time, Optional: true, Doc: "Time of the first packet"},
	{Name: "last_seen", Kind: Time, Optional: true, Doc: "Time of the last packet"},
	{Name: "packets", Kind: Uint64, Unit: "packets", Doc: "Packets read, IP or not"},
	{Name: "bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire of these packets"},
	{Name: "ip_packets", Kind: Uint64, Unit: "packets", Doc: "Packets that carried IP"},
	{Name: "ip_bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire of the packets that carried IP"},
	{Name: "dropped_packets", Kind: Uint64, Unit: "packets", Doc: "Packets that the capturing system reports as dropped", IPFIX: "droppedPacketTotalCount"},
	{Name: "throughput", Kind: Float64, Unit: "bit/s", Doc: "Mean rate between the first and the last packet"},
	{Name: "flows", Kind: Uint64, Unit: "flows", Doc: "Flows whose first packet came from the interface"},
	{Name: "alerted_flows", Kind: Uint64, Unit: "flows", Doc: "Flows of the interface that checks raised alerts about"},
	{Name: "flows_score", Kind: Uint64, Doc: "Sum of the scores of the interface's flows that ended"},
}

// protocolFields is the aggregate of all flows with one name.
var protocolFields = []Field{
	{Name: "l7_proto", Kind: String, Doc: "Protocol and application, as in the flow"},
	{Name: "l7_category", Kind: String, Optional: true, Doc: "Category of most of its flows"},
	{Name: "flows", Kind: Uint64, Unit: "flows", Doc: "Flows that ended"},
	{Name: "packets", Kind: Uint64, Unit: "packets", Doc: "Packets both ways"},
	{Name: "bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire both ways"},
	{Name: "cli2srv_bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire from clients to servers"},
	{Name: "srv2cli_bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire from servers to clients"},
	{Name: "first_seen", Kind: Time, Doc: "Start of the first flow"},
	{Name: "last_seen", Kind: Time, Doc: "Time of the last packet"},
	{Name: "risky_flows", Kind: Uint64, Unit: "flows", Doc: "Flows with a risk"},
}
