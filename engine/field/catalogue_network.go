package field

// networkFields is the aggregate of one local network. What its hosts exchange among
// themselves is inner traffic; ingress comes from elsewhere, egress goes there.
var networkFields = []Field{
	{Name: "cidr", Kind: String, Doc: "The network (`192.168.1.0/24`)"},
	{Name: "name", Kind: String, Doc: "Name of the network (`--local-nets CIDR=name`), else as it is written"},
	{Name: "first_seen", Kind: Time, Doc: "Start of the first flow of its hosts"},
	{Name: "last_seen", Kind: Time, Doc: "Time of the last packet of its hosts"},
	{Name: "hosts", Kind: Uint64, Unit: "hosts", Doc: "Hosts of the network that are known"},
	{Name: "ingress_bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire from elsewhere to its hosts"},
	{Name: "egress_bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire from its hosts to elsewhere, groups and broadcasts included"},
	{Name: "inner_bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire between its hosts"},
	{Name: "ingress_packets", Kind: Uint64, Unit: "packets", Doc: "Packets from elsewhere to its hosts"},
	{Name: "egress_packets", Kind: Uint64, Unit: "packets", Doc: "Packets from its hosts to elsewhere, groups and broadcasts included"},
	{Name: "inner_packets", Kind: Uint64, Unit: "packets", Doc: "Packets between its hosts"},
	{Name: "broadcast_bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire that its hosts sent to groups and to the broadcast address"},
	{Name: "throughput", Kind: Float64, Unit: "bit/s", Doc: "Mean rate over the network's life, all directions"},
	{Name: "flows_as_client", Kind: Uint64, Unit: "flows", Doc: "Flows that its hosts opened"},
	{Name: "flows_as_server", Kind: Uint64, Unit: "flows", Doc: "Flows that were opened to its hosts"},
	{Name: "active_flows", Kind: Uint64, Unit: "flows", Doc: "Flows of its hosts that have not ended"},
	{Name: "refused_flows", Kind: Uint64, Unit: "flows", Doc: "TCP connections to its hosts that ended without being accepted: a SYN, and no SYN-ACK"},
	{Name: "alerted_flows", Kind: Uint64, Unit: "flows", Doc: "Flows of its hosts that checks raised alerts about"},
	{Name: "flows_score", Kind: Uint64, Doc: "Sum of the scores of its flows that ended"},
	{Name: "tcp_packets", Kind: Uint64, Unit: "packets", Doc: "TCP segments to and from its hosts"},
	{Name: "tcp_retransmissions", Kind: Uint64, Unit: "packets", Doc: "TCP segments to and from its hosts that were sent again"},
	{Name: "tcp_out_of_order", Kind: Uint64, Unit: "packets", Doc: "TCP segments to and from its hosts that arrived out of order"},
	{Name: "tcp_zero_windows", Kind: Uint64, Unit: "packets", Doc: "TCP segments to and from its hosts that announced a zero window"},
	{Name: "tcp_resets", Kind: Uint64, Unit: "flows", Doc: "TCP flows of its hosts that ended by RST"},
	{Name: "rtt", Kind: Duration, Optional: true, Doc: "Mean network round trip of the TCP handshakes of its flows that ended, from client to server and back"},
}
