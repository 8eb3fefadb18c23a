---@meta
-- Generated from the field catalogue: do not edit.
-- Times are seconds since the epoch, durations seconds. Of a field that can be nil, some records have none.

---The parameters of the check, with their defaults filled in.
---@type table<string, any>
config = {}

---Reports whether an address is in a network, or in one of a list.
---@param ip string
---@param networks string|string[]
---@return boolean
function in_network(ip, networks) end

---Writes a table with all that it holds to the check's log.
---@param value any
function tprint(value) end

---@class flowloom.host
host = {}

---Name of the host as its own or others' traffic told it, empty when unknown
---@return string
function host.name() end

---Hardware address that the host's frames came from, in capital letters (AA:BB:CC:DD:EE:FF), empty when unknown
---@return string
function host.mac() end

---Bytes both ways
---@return integer
function host.bytes() end

---Name of the list that has the address, empty when none has
---@return string
function host.blacklist() end

---Sum of the scores of the host's flows
---@return integer
function host.score() end

---Neither a group nor a broadcast address
---@return boolean
function host.is_unicast() end

---The address is in a blacklist
---@return boolean
function host.is_blacklisted() end

---The host has received but never sent
---@return boolean
function host.is_rx_only() end

---{ ndpi = { NAME = { ["bytes.sent"], ["bytes.rcvd"], ["packets.sent"], ["packets.rcvd"], num_flows, duration, breed } } }
---@return table
function host.l7() end

---The first run on this host
---@return boolean
function host.isFirstCheckRun() end

---{ num_egress, num_ingress }: flows that nobody answered
---@return table
function host.getUnidirectionalTCPUDPFlowsStats() end

---Different servers and ports contacted in vain
---@return integer
function host.getNumContactedPeersAsClientTCPUDPNoTX() end

---Different clients, each with the port asked for, that contacted the host in vain
---@return integer
function host.getNumContactsFromPeersAsServerTCPUDPNoTX() end

---Different ports of the host asked for in vain
---@return integer
function host.getNumContactedTCPUDPServerPortsNoTX() end

---Begin to count these anew
function host.resetHostContacts() end

---Never again on this host; with a number, not for so many seconds; with true and a time, not until then; false takes it back
---@param skip? boolean|number
---@param time? number
function host.skipVisitedHost(skip, time) end

---Raise an alert; it stays engaged while the check raises it at each run
---@param score integer
---@param message string
function host.triggerAlert(score, message) end

---Address of the host
---@return string
function host.ip() end

---VLAN of the host, 0 when untagged
---@return integer
function host.vlan_id() end

---Address is in a local network (--local-nets)
---@return boolean
function host.is_local() end

---Address is a multicast group
---@return boolean
function host.is_multicast() end

---Address is the limited broadcast address
---@return boolean
function host.is_broadcast() end

---Start of the host's first flow
---@return number
function host.first_seen() end

---Time of the host's last packet
---@return number
function host.last_seen() end

---Bytes on the wire that the host sent
---@return integer
function host.bytes_sent() end

---Bytes on the wire that were sent to the host
---@return integer
function host.bytes_rcvd() end

---Packets that the host sent
---@return integer
function host.packets_sent() end

---Packets that were sent to the host
---@return integer
function host.packets_rcvd() end

---Mean rate over the host's life, both ways
---@return number
function host.throughput() end

---Flows that the host opened
---@return integer
function host.flows_as_client() end

---Flows that others opened to the host
---@return integer
function host.flows_as_server() end

---Flows of the host that have not ended
---@return integer
function host.active_flows() end

---Distinct addresses that the host exchanged packets with (exact up to 64, estimated beyond)
---@return integer
function host.peers() end

---Protocols over IP of the host's flows, most bytes first
---@return string[]
function host.protocols() end

---DSCP classes that the host sent with, most packets first
---@return string[]
function host.dscp() end

---TCP segments that the host sent again
---@return integer
function host.tcp_retransmissions() end

---TCP segments of the host that arrived out of order
---@return integer
function host.tcp_out_of_order() end

---TCP segments in which the host announced a zero window
---@return integer
function host.tcp_zero_windows() end

---TCP flows that the host ended by RST
---@return integer
function host.tcp_resets() end

---TCP and UDP flows of the host that ended without an answer
---@return integer
function host.one_way_flows() end

---Sum of the scores of the host's flows that ended
---@return integer
function host.flows_score() end

---Name of the local network (--local-nets CIDR=name)
---@return string|nil
function host.network() end

---Country of the address, ISO 3166-1 (--geoip)
---@return string|nil
function host.country() end

---City of the address (--geoip)
---@return string|nil
function host.city() end

---Autonomous system of the address (--geoip)
---@return integer|nil
function host.asn() end

---Organisation that runs the autonomous system (--geoip)
---@return string|nil
function host.as_org() end

---Vendor of the network card (--mac-vendors)
---@return string|nil
function host.mac_vendor() end

---@class flowloom.flow
flow = {}

---Address of the client
---@return string
function flow.cli() end

---Address of the server
---@return string
function flow.srv() end

---IP protocol number
---@return integer
function flow.protocol() end

---Time of the flow's first packet, also where it lies in an earlier record of a flow that lasts (--active-timeout)
---@return number
function flow.began() end

---Bytes on the wire from the client in earlier records of the flow
---@return integer
function flow.cli2srv_earlier_bytes() end

---Bytes on the wire from the server in earlier records of the flow
---@return integer
function flow.srv2cli_earlier_bytes() end

---nDPI's number of the protocol, 0 when unknown
---@return integer
function flow.l7_master_proto() end

---nDPI's number of the application, or of the protocol; for the name see l7_proto_name
---@return integer
function flow.l7_proto() end

---Protocol and application by name ("TLS.Google")
---@return string
function flow.l7_proto_name() end

---Only one side has sent
---@return boolean
function flow.is_oneway() end

---Neither end is a group or broadcast address
---@return boolean
function flow.is_unicast() end

---local@local, local@remote, remote@local or remote2remote
---@return string
function flow.direction() end

---["protos.http.last_method"], last_return_code, last_url, last_user_agent, last_server, server_name
---@return table
function flow.http() end

---["protos.dns.last_query"], last_query_type, last_return_code, invalid_chars_in_query
---@return table
function flow.dns() end

---["protos.ssh.client_signature"], server_signature, hassh.client_hash, hassh.server_hash
---@return table
function flow.ssh() end

---["protos.tls_version"], ["protos.tls.client_requested_server_name"], issuerDN, subjectDN, notBefore, notAfter, ja4.client_hash, ja4.client_malicious ...
---@return table
function flow.tls_quic() end

---Never again on this flow; with a number, not for so many seconds; with true and a time, not until then; false takes it back
---@param skip? boolean|number
---@param time? number
function flow.skipVisitedFlow(skip, time) end

---Raise an alert, once for the flow
---@param score integer
---@param message string
function flow.triggerAlert(score, message) end

---Address of the client
---@return string
function flow.cli_ip() end

---Transport port of the client, 0 where the protocol has none
---@return integer
function flow.cli_port() end

---Address of the server
---@return string
function flow.srv_ip() end

---Transport port of the server, 0 where the protocol has none
---@return integer
function flow.srv_port() end

---4 or 6
---@return integer
function flow.ip_version() end

---Protocol over IP by its usual name (TCP, UDP, ICMP, ICMPv6, SCTP ...), its number when it has no common name
---@return string
function flow.l4_proto() end

---Protocol over IP by its IANA number
---@return integer
function flow.ip_proto() end

---802.1Q VLAN of the (outer) tag, 0 when untagged
---@return integer
function flow.vlan_id() end

---VLAN of the inner tag of a QinQ frame; it tells flows apart as vlan_id does
---@return integer|nil
function flow.inner_vlan_id() end

---Innermost tunnel that carried the flow (GRE, VXLAN, GTP-U ...)
---@return string|nil
function flow.tunnel() end

---Identifier of that tunnel, where it has one: VNI, GRE key, ERSPAN session; TEID, PPTP call or L2TP tunnel and session (upper and lower 16 bits) of the first packet, as each direction has its own
---@return integer|nil
function flow.tunnel_id() end

---Hardware address of the client, from its first frame or as addressed by the server
---@return string|nil
function flow.cli_mac() end

---Hardware address of the server, from its first frame or as addressed by the client
---@return string|nil
function flow.srv_mac() end

---Community ID v1, seed 0, of the flow's 5-tuple
---@return string
function flow.community_id() end

---How the client was told from the server: syn (TCP handshake seen), port (the first packet came from a port on which servers listen, so that side serves), or first_packet
---@return string
function flow.client_by() end

---Type of the first ICMP or ICMPv6 message
---@return integer|nil
function flow.icmp_type() end

---Code of the first ICMP or ICMPv6 message
---@return integer|nil
function flow.icmp_code() end

---Interface that saw the flow's first packet; files and sources are numbered from 0
---@return integer
function flow.interface_id() end

---Where the client is: local, remote or multicast (--local-nets); known some seconds after the flow began
---@return string|nil
function flow.cli_location() end

---Where the server is: local, remote or multicast (--local-nets); known some seconds after the flow began
---@return string|nil
function flow.srv_location() end

---Country of the client's address, ISO 3166-1 (--geoip); known as cli_location is
---@return string|nil
function flow.cli_country() end

---Country of the server's address, ISO 3166-1 (--geoip); known as srv_location is
---@return string|nil
function flow.srv_country() end

---Autonomous system of the client's address (--geoip); known as cli_location is
---@return integer|nil
function flow.cli_asn() end

---Autonomous system of the server's address (--geoip); known as srv_location is
---@return integer|nil
function flow.srv_asn() end

---Name of the client's local network (--local-nets); known as cli_location is
---@return string|nil
function flow.cli_network() end

---Name of the server's local network (--local-nets); known as srv_location is
---@return string|nil
function flow.srv_network() end

---Time of the first packet
---@return number
function flow.first_seen() end

---Time of the last packet
---@return number
function flow.last_seen() end

---last_seen less first_seen
---@return number
function flow.duration() end

---TCP: syn (only one side was seen), established (answered), midstream (start not seen), closed (FIN both ways), reset; other protocols: one_way or two_way
---@return string
function flow.state() end

---Why the record ended, absent while the flow goes on: fin, rst, idle, active_timeout, evicted (table full) or end_of_input
---@return string|nil
function flow.end_reason() end

---Packets both ways
---@return integer
function flow.packets() end

---Bytes on the wire both ways, link header included
---@return integer
function flow.bytes() end

---Packets from client to server
---@return integer
function flow.cli2srv_packets() end

---Packets from server to client
---@return integer
function flow.srv2cli_packets() end

---Bytes on the wire from client to server, link header included
---@return integer
function flow.cli2srv_bytes() end

---Bytes on the wire from server to client, link header included
---@return integer
function flow.srv2cli_bytes() end

---Bytes above the transport header, client to server
---@return integer
function flow.cli2srv_payload_bytes() end

---Bytes above the transport header, server to client
---@return integer
function flow.srv2cli_payload_bytes() end

---Packets that were IP fragments
---@return integer
function flow.fragments() end

---OR of the client's TCP flags (FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128)
---@return integer|nil
function flow.cli2srv_tcp_flags() end

---OR of the server's TCP flags
---@return integer|nil
function flow.srv2cli_tcp_flags() end

---TCP segments of the client that repeat bytes already seen
---@return integer|nil
function flow.cli2srv_retransmissions() end

---TCP segments of the server that repeat bytes already seen
---@return integer|nil
function flow.srv2cli_retransmissions() end

---TCP segments of the client that arrived after later ones
---@return integer|nil
function flow.cli2srv_out_of_order() end

---TCP segments of the server that arrived after later ones
---@return integer|nil
function flow.srv2cli_out_of_order() end

---TCP segments in which the client announced a zero window
---@return integer|nil
function flow.cli2srv_zero_windows() end

---TCP segments in which the server announced a zero window
---@return integer|nil
function flow.srv2cli_zero_windows() end

---Shape of the client's SYN, which tells operating systems apart: initial TTL:MSS:window,scale:options, in the manner of p0f (64:1460:64240,7:mss,sok,ts,nop,ws); * for an option that is not there
---@return string|nil
function flow.tcp_fingerprint() end

---Network round trip between the observer and the client: handshake SYN-ACK to ACK
---@return number|nil
function flow.cli_rtt() end

---Network round trip between the observer and the server: handshake SYN to SYN-ACK
---@return number|nil
function flow.srv_rtt() end

---Time from the client's first payload to the server's first payload
---@return number|nil
function flow.app_latency() end

---DSCP of the client's first packet
---@return integer
function flow.cli2srv_dscp() end

---DSCP of the server's first packet
---@return integer
function flow.srv2cli_dscp() end

---Lowest TTL or hop limit of the client's packets
---@return integer|nil
function flow.cli2srv_ttl() end

---Lowest TTL or hop limit of the server's packets
---@return integer|nil
function flow.srv2cli_ttl() end

---Shortest packet of the client, link header included
---@return integer|nil
function flow.cli2srv_len_min() end

---Mean packet length of the client
---@return number|nil
function flow.cli2srv_len_mean() end

---Longest packet of the client, link header included
---@return integer|nil
function flow.cli2srv_len_max() end

---Population standard deviation of the client's packet lengths
---@return number|nil
function flow.cli2srv_len_stddev() end

---Shortest packet of the server, link header included
---@return integer|nil
function flow.srv2cli_len_min() end

---Mean packet length of the server
---@return number|nil
function flow.srv2cli_len_mean() end

---Longest packet of the server, link header included
---@return integer|nil
function flow.srv2cli_len_max() end

---Population standard deviation of the server's packet lengths
---@return number|nil
function flow.srv2cli_len_stddev() end

---Shortest gap between two packets of the client
---@return number|nil
function flow.cli2srv_iat_min() end

---Mean gap between two packets of the client
---@return number|nil
function flow.cli2srv_iat_mean() end

---Longest gap between two packets of the client
---@return number|nil
function flow.cli2srv_iat_max() end

---Population standard deviation of the client's gaps
---@return number|nil
function flow.cli2srv_iat_stddev() end

---Shortest gap between two packets of the server
---@return number|nil
function flow.srv2cli_iat_min() end

---Mean gap between two packets of the server
---@return number|nil
function flow.srv2cli_iat_mean() end

---Longest gap between two packets of the server
---@return number|nil
function flow.srv2cli_iat_max() end

---Population standard deviation of the server's gaps
---@return number|nil
function flow.srv2cli_iat_stddev() end

---Protocol that carries the application (TLS)
---@return string|nil
function flow.l7_master() end

---Application that the protocol carries (Google)
---@return string|nil
function flow.l7_app() end

---Category of the application, else of the protocol (Web, VPN, Chat ...)
---@return string|nil
function flow.l7_category() end

---How the name was found: DPI, DPI (partial), DPI (cache), Match by port, Match by IP, Match by custom rule
---@return string|nil
function flow.l7_confidence() end

---Name the client asked for (SNI, HTTP Host, DNS query), or that a host gives itself
---@return string|nil
function flow.server_name() end

---Client software as it calls itself (HTTP, QUIC, SIP, SSDP)
---@return string|nil
function flow.user_agent() end

---Login name seen in clear text; passwords are never kept
---@return string|nil
function flow.user_name() end

---Risks by nDPI's names
---@return string[]|nil
function flow.risks() end

---Evidence for the risks, name: reason
---@return string[]|nil
function flow.risk_reasons() end

---Sum of the risks' scores
---@return integer
function flow.score() end

---Version that the server chose, else the client's best offer (TLSv1.3, DTLSv1.2)
---@return string|nil
function flow.tls_version() end

---Cipher suite that the server chose, by its IANA name
---@return string|nil
function flow.tls_cipher() end

---Application protocol that the server chose, else the client's list, comma-separated
---@return string|nil
function flow.tls_alpn() end

---Versions that the client supports, comma-separated
---@return string|nil
function flow.tls_client_versions() end

---JA4 fingerprint of the client, as FoxIO describes it
---@return string|nil
function flow.tls_ja4() end

---The same as nDPI before 5.0 wrote it, where that differs: to find it in what was gathered with it
---@return string|nil
function flow.tls_ja4_ndpi4() end

---JA3S fingerprint of the server
---@return string|nil
function flow.tls_ja3s() end

---Subject of the server's certificate
---@return string|nil
function flow.tls_cert_subject() end

---Issuer of the server's certificate
---@return string|nil
function flow.tls_cert_issuer() end

---Subject alternative names of the server's certificate
---@return string[]|nil
function flow.tls_cert_names() end

---Start of the certificate's validity
---@return number|nil
function flow.tls_cert_not_before() end

---End of the certificate's validity
---@return number|nil
function flow.tls_cert_not_after() end

---SHA-1 fingerprint of the certificate
---@return string|nil
function flow.tls_cert_sha1() end

---SHA-256 fingerprint of the certificate
---@return string|nil
function flow.tls_cert_sha256() end

---Wire version of the first QUIC Initial packet (1 is RFC 9000)
---@return integer|nil
function flow.quic_version() end

---Method of the first request
---@return string|nil
function flow.http_method() end

---Target of the first request
---@return string|nil
function flow.http_url() end

---Status code of the first response
---@return integer|nil
function flow.http_status() end

---Server software as it calls itself
---@return string|nil
function flow.http_server() end

---Content type of the first response
---@return string|nil
function flow.http_content_type() end

---Name of the first question
---@return string|nil
function flow.dns_query() end

---Type of the first question (1 A, 28 AAAA ...)
---@return integer|nil
function flow.dns_query_type() end

---Response code of the first answer (0 no error, 3 no such name)
---@return integer|nil
function flow.dns_rcode() end

---Addresses and names of the first answer, at most 16
---@return string[]|nil
function flow.dns_answers() end

---Banner of the SSH client
---@return string|nil
function flow.ssh_client() end

---Banner of the SSH server
---@return string|nil
function flow.ssh_server() end

---HASSH fingerprint of the client
---@return string|nil
function flow.ssh_client_hassh() end

---HASSH fingerprint of the server
---@return string|nil
function flow.ssh_server_hassh() end

---Host name that a DHCP client gives itself
---@return string|nil
function flow.dhcp_host_name() end

---Parameter request list of a DHCP client, hex
---@return string|nil
function flow.dhcp_fingerprint() end

---Calling party
---@return string|nil
function flow.sip_from() end

---Called party
---@return string|nil
function flow.sip_to() end

---Info-hash of the torrent, hex
---@return string|nil
function flow.bittorrent_hash() end

---Codec of the static RTP payload type
---@return string|nil
function flow.rtp_codec() end

---@class flowloom.interface
interface = {}

---Number of the interface
---@return integer
function interface.getId() end

---Name of the interface
---@return string
function interface.getName() end

---Sum of the scores of the interface's flows
---@return integer
function interface.score() end

---{ id, name, score, num_alerts_engaged, alerted_flows, stats = { packets, bytes, drops, flows } }
---@return table
function interface.getStats() end

---What setCachedAlertValue has kept
---@param key string
---@param periodicity? string
---@return string|nil
function interface.getCachedAlertValue(key, periodicity) end

---Remember a value of this interface from run to run
---@param key string
---@param value any
---@param periodicity? string
function interface.setCachedAlertValue(key, value, periodicity) end

---Raise an alert; it stays engaged while the check raises it at each run
---@param score integer
---@param message string
function interface.triggerAlert(score, message) end

---Number of the interface, from 0
---@return integer
function interface.id() end

---Name of the source, with the interface's own name where it has one
---@return string
function interface.name() end

---Link type as in the pcap registry (EN10MB, LINUX_SLL ...)
---@return string
function interface.link_type() end

---Time of the first packet
---@return number|nil
function interface.first_seen() end

---Time of the last packet
---@return number|nil
function interface.last_seen() end

---Packets read, IP or not
---@return integer
function interface.packets() end

---Bytes on the wire of these packets
---@return integer
function interface.bytes() end

---Packets that carried IP
---@return integer
function interface.ip_packets() end

---Bytes on the wire of the packets that carried IP
---@return integer
function interface.ip_bytes() end

---Packets that the capturing system reports as dropped
---@return integer
function interface.dropped_packets() end

---Mean rate between the first and the last packet
---@return number
function interface.throughput() end

---Flows whose first packet came from the interface
---@return integer
function interface.flows() end

---Flows of the interface that checks raised alerts about
---@return integer
function interface.alerted_flows() end

---Sum of the scores of the interface's flows that ended
---@return integer
function interface.flows_score() end

---@class flowloom.network
network = {}

---Sum of the scores of the network's flows
---@return integer
function network.score() end

---{ network_key, network_id, num_hosts, engaged_alerts, round_trip_time (ms), ingress, egress, inner, broadcast, alerted_flows = { as_client, as_server, total }, ["tcpPacketStats.ingress"] = { retransmissions, out_of_order } ..., ["hits.syn_scan_victim"], ["hits.syn_flood_victim"], ["hits.flow_flood_victim"] }
---@return table
function network.getNetworkStats() end

---Accepts the number of the network at hand
---@param id integer
function network.select(id) end

---What setCachedAlertValue has kept
---@param key string
---@param periodicity? string
---@return string|nil
function network.getCachedAlertValue(key, periodicity) end

---Remember a value of this network from run to run
---@param key string
---@param value any
---@param periodicity? string
function network.setCachedAlertValue(key, value, periodicity) end

---Raise an alert; it stays engaged while the check raises it at each run
---@param score integer
---@param message string
function network.triggerAlert(score, message) end

---The network (192.168.1.0/24)
---@return string
function network.cidr() end

---Name of the network (--local-nets CIDR=name), else as it is written
---@return string
function network.name() end

---Start of the first flow of its hosts
---@return number
function network.first_seen() end

---Time of the last packet of its hosts
---@return number
function network.last_seen() end

---Hosts of the network that are known
---@return integer
function network.hosts() end

---Bytes on the wire from elsewhere to its hosts
---@return integer
function network.ingress_bytes() end

---Bytes on the wire from its hosts to elsewhere, groups and broadcasts included
---@return integer
function network.egress_bytes() end

---Bytes on the wire between its hosts
---@return integer
function network.inner_bytes() end

---Packets from elsewhere to its hosts
---@return integer
function network.ingress_packets() end

---Packets from its hosts to elsewhere, groups and broadcasts included
---@return integer
function network.egress_packets() end

---Packets between its hosts
---@return integer
function network.inner_packets() end

---Bytes on the wire that its hosts sent to groups and to the broadcast address
---@return integer
function network.broadcast_bytes() end

---Mean rate over the network's life, all directions
---@return number
function network.throughput() end

---Flows that its hosts opened
---@return integer
function network.flows_as_client() end

---Flows that were opened to its hosts
---@return integer
function network.flows_as_server() end

---Flows of its hosts that have not ended
---@return integer
function network.active_flows() end

---TCP connections to its hosts that ended without being accepted: a SYN, and no SYN-ACK
---@return integer
function network.refused_flows() end

---Flows of its hosts that checks raised alerts about
---@return integer
function network.alerted_flows() end

---Sum of the scores of its flows that ended
---@return integer
function network.flows_score() end

---TCP segments to and from its hosts
---@return integer
function network.tcp_packets() end

---TCP segments to and from its hosts that were sent again
---@return integer
function network.tcp_retransmissions() end

---TCP segments to and from its hosts that arrived out of order
---@return integer
function network.tcp_out_of_order() end

---TCP segments to and from its hosts that announced a zero window
---@return integer
function network.tcp_zero_windows() end

---TCP flows of its hosts that ended by RST
---@return integer
function network.tcp_resets() end

---Mean network round trip of the TCP handshakes of its flows that ended, from client to server and back
---@return number|nil
function network.rtt() end
