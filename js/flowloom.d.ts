// Generated from the field catalogue: do not edit.
// Times are milliseconds since the epoch, durations seconds. A number above 2^53 comes as a bigint.

/** The parameters of the check, with their defaults filled in. */
declare const config: Record<string, any>;

/** Whether an address is in a network, or in one of a list. */
declare function inNetwork(ip: string, networks: string | string[]): boolean;

interface FlowloomHost {
  /** Address of the host */
  readonly ip: string;
  /** VLAN of the host, 0 when untagged */
  readonly vlan_id: number;
  /** Hardware address that the host's frames came from */
  readonly mac: string | null;
  /** Name of the host as its own or others' traffic told it */
  readonly name: string | null;
  /** Address is in a local network (--local-nets) */
  readonly is_local: boolean;
  /** Address is a multicast group */
  readonly is_multicast: boolean;
  /** Address is the limited broadcast address */
  readonly is_broadcast: boolean;
  /** Start of the host's first flow */
  readonly first_seen: number;
  /** Time of the host's last packet */
  readonly last_seen: number;
  /** Bytes on the wire that the host sent */
  readonly bytes_sent: number | bigint;
  /** Bytes on the wire that were sent to the host */
  readonly bytes_rcvd: number | bigint;
  /** Packets that the host sent */
  readonly packets_sent: number | bigint;
  /** Packets that were sent to the host */
  readonly packets_rcvd: number | bigint;
  /** Mean rate over the host's life, both ways */
  readonly throughput: number;
  /** Flows that the host opened */
  readonly flows_as_client: number | bigint;
  /** Flows that others opened to the host */
  readonly flows_as_server: number | bigint;
  /** Flows of the host that have not ended */
  readonly active_flows: number | bigint;
  /** Distinct addresses that the host exchanged packets with (exact up to 64, estimated beyond) */
  readonly peers: number | bigint;
  /** Protocols over IP of the host's flows, most bytes first */
  readonly protocols: string[];
  /** DSCP classes that the host sent with, most packets first */
  readonly dscp: string[];
  /** TCP segments that the host sent again */
  readonly tcp_retransmissions: number | bigint;
  /** TCP segments of the host that arrived out of order */
  readonly tcp_out_of_order: number | bigint;
  /** TCP segments in which the host announced a zero window */
  readonly tcp_zero_windows: number | bigint;
  /** TCP flows that the host ended by RST */
  readonly tcp_resets: number | bigint;
  /** TCP and UDP flows of the host that ended without an answer */
  readonly one_way_flows: number | bigint;
  /** Sum of the scores of the host's flows that ended */
  readonly flows_score: number | bigint;
  /** Name of the list that has the address (--blacklists) */
  readonly blacklist: string | null;
  /** Name of the local network (--local-nets CIDR=name) */
  readonly network: string | null;
  /** Country of the address, ISO 3166-1 (--geoip) */
  readonly country: string | null;
  /** City of the address (--geoip) */
  readonly city: string | null;
  /** Autonomous system of the address (--geoip) */
  readonly asn: number | null;
  /** Organisation that runs the autonomous system (--geoip) */
  readonly as_org: string | null;
  /** Vendor of the network card (--mac-vendors) */
  readonly mac_vendor: string | null;
  /** The first run on this host */
  readonly first_run: boolean;
  /** What the host did with each application protocol */
  readonly apps: Record<string, { bytes_sent: number; bytes_rcvd: number; packets_sent: number; packets_rcvd: number; flows: number }>;
  /** Flows that nobody answered, and what was asked for in vain: servers with their ports, by clients with the port asked for, and ports of the host */
  readonly unanswered: { flows_out: number; flows_in: number; servers: number; clients: number; ports: number };
  /** Raise an alert: score 1 to 255 */
  alert(score: number, message: string): void;
  /** Never again, or not for so many seconds */
  skip(seconds?: number): void;
}

interface FlowloomFlow {
  /** Address of the client */
  readonly cli_ip: string;
  /** Transport port of the client, 0 where the protocol has none */
  readonly cli_port: number;
  /** Address of the server */
  readonly srv_ip: string;
  /** Transport port of the server, 0 where the protocol has none */
  readonly srv_port: number;
  /** 4 or 6 */
  readonly ip_version: number;
  /** Protocol over IP by its usual name (TCP, UDP, ICMP, ICMPv6, SCTP ...), its number when it has no common name */
  readonly l4_proto: string;
  /** Protocol over IP by its IANA number */
  readonly ip_proto: number;
  /** 802.1Q VLAN of the (outer) tag, 0 when untagged */
  readonly vlan_id: number;
  /** VLAN of the inner tag of a QinQ frame; it tells flows apart as vlan_id does */
  readonly inner_vlan_id: number | null;
  /** Innermost tunnel that carried the flow (GRE, VXLAN, GTP-U ...) */
  readonly tunnel: string | null;
  /** Identifier of that tunnel, where it has one: VNI, GRE key, ERSPAN session; TEID, PPTP call or L2TP tunnel and session (upper and lower 16 bits) of the first packet, as each direction has its own */
  readonly tunnel_id: number | null;
  /** Hardware address of the client, from its first frame or as addressed by the server */
  readonly cli_mac: string | null;
  /** Hardware address of the server, from its first frame or as addressed by the client */
  readonly srv_mac: string | null;
  /** Community ID v1, seed 0, of the flow's 5-tuple */
  readonly community_id: string;
  /** How the client was told from the server: syn (TCP handshake seen), port (the first packet came from a port on which servers listen, so that side serves), or first_packet */
  readonly client_by: string;
  /** Type of the first ICMP or ICMPv6 message */
  readonly icmp_type: number | null;
  /** Code of the first ICMP or ICMPv6 message */
  readonly icmp_code: number | null;
  /** Interface that saw the flow's first packet; files and sources are numbered from 0 */
  readonly interface_id: number;
  /** Where the client is: local, remote or multicast (--local-nets); known some seconds after the flow began */
  readonly cli_location: string | null;
  /** Where the server is: local, remote or multicast (--local-nets); known some seconds after the flow began */
  readonly srv_location: string | null;
  /** Country of the client's address, ISO 3166-1 (--geoip); known as cli_location is */
  readonly cli_country: string | null;
  /** Country of the server's address, ISO 3166-1 (--geoip); known as srv_location is */
  readonly srv_country: string | null;
  /** Autonomous system of the client's address (--geoip); known as cli_location is */
  readonly cli_asn: number | null;
  /** Autonomous system of the server's address (--geoip); known as srv_location is */
  readonly srv_asn: number | null;
  /** Name of the client's local network (--local-nets); known as cli_location is */
  readonly cli_network: string | null;
  /** Name of the server's local network (--local-nets); known as srv_location is */
  readonly srv_network: string | null;
  /** Time of the first packet */
  readonly first_seen: number;
  /** Time of the last packet */
  readonly last_seen: number;
  /** last_seen less first_seen */
  readonly duration: number;
  /** TCP: syn (only one side was seen), established (answered), midstream (start not seen), closed (FIN both ways), reset; other protocols: one_way or two_way */
  readonly state: string;
  /** Why the record ended, absent while the flow goes on: fin, rst, idle, active_timeout, evicted (table full) or end_of_input */
  readonly end_reason: string | null;
  /** Packets both ways */
  readonly packets: number | bigint;
  /** Bytes on the wire both ways, link header included */
  readonly bytes: number | bigint;
  /** Packets from client to server */
  readonly cli2srv_packets: number | bigint;
  /** Packets from server to client */
  readonly srv2cli_packets: number | bigint;
  /** Bytes on the wire from client to server, link header included */
  readonly cli2srv_bytes: number | bigint;
  /** Bytes on the wire from server to client, link header included */
  readonly srv2cli_bytes: number | bigint;
  /** Bytes above the transport header, client to server */
  readonly cli2srv_payload_bytes: number | bigint;
  /** Bytes above the transport header, server to client */
  readonly srv2cli_payload_bytes: number | bigint;
  /** Packets that were IP fragments */
  readonly fragments: number;
  /** OR of the client's TCP flags (FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128) */
  readonly cli2srv_tcp_flags: number | null;
  /** OR of the server's TCP flags */
  readonly srv2cli_tcp_flags: number | null;
  /** TCP segments of the client that repeat bytes already seen */
  readonly cli2srv_retransmissions: number | null;
  /** TCP segments of the server that repeat bytes already seen */
  readonly srv2cli_retransmissions: number | null;
  /** TCP segments of the client that arrived after later ones */
  readonly cli2srv_out_of_order: number | null;
  /** TCP segments of the server that arrived after later ones */
  readonly srv2cli_out_of_order: number | null;
  /** TCP segments in which the client announced a zero window */
  readonly cli2srv_zero_windows: number | null;
  /** TCP segments in which the server announced a zero window */
  readonly srv2cli_zero_windows: number | null;
  /** Shape of the client's SYN, which tells operating systems apart: initial TTL:MSS:window,scale:options, in the manner of p0f (64:1460:64240,7:mss,sok,ts,nop,ws); * for an option that is not there */
  readonly tcp_fingerprint: string | null;
  /** Network round trip between the observer and the client: handshake SYN-ACK to ACK */
  readonly cli_rtt: number | null;
  /** Network round trip between the observer and the server: handshake SYN to SYN-ACK */
  readonly srv_rtt: number | null;
  /** Time from the client's first payload to the server's first payload */
  readonly app_latency: number | null;
  /** DSCP of the client's first packet */
  readonly cli2srv_dscp: number;
  /** DSCP of the server's first packet */
  readonly srv2cli_dscp: number;
  /** Lowest TTL or hop limit of the client's packets */
  readonly cli2srv_ttl: number | null;
  /** Lowest TTL or hop limit of the server's packets */
  readonly srv2cli_ttl: number | null;
  /** Shortest packet of the client, link header included */
  readonly cli2srv_len_min: number | null;
  /** Mean packet length of the client */
  readonly cli2srv_len_mean: number | null;
  /** Longest packet of the client, link header included */
  readonly cli2srv_len_max: number | null;
  /** Population standard deviation of the client's packet lengths */
  readonly cli2srv_len_stddev: number | null;
  /** Shortest packet of the server, link header included */
  readonly srv2cli_len_min: number | null;
  /** Mean packet length of the server */
  readonly srv2cli_len_mean: number | null;
  /** Longest packet of the server, link header included */
  readonly srv2cli_len_max: number | null;
  /** Population standard deviation of the server's packet lengths */
  readonly srv2cli_len_stddev: number | null;
  /** Shortest gap between two packets of the client */
  readonly cli2srv_iat_min: number | null;
  /** Mean gap between two packets of the client */
  readonly cli2srv_iat_mean: number | null;
  /** Longest gap between two packets of the client */
  readonly cli2srv_iat_max: number | null;
  /** Population standard deviation of the client's gaps */
  readonly cli2srv_iat_stddev: number | null;
  /** Shortest gap between two packets of the server */
  readonly srv2cli_iat_min: number | null;
  /** Mean gap between two packets of the server */
  readonly srv2cli_iat_mean: number | null;
  /** Longest gap between two packets of the server */
  readonly srv2cli_iat_max: number | null;
  /** Population standard deviation of the server's gaps */
  readonly srv2cli_iat_stddev: number | null;
  /** Protocol and application as nDPI spells them: MASTER or MASTER.APP (TLS.Google), Unknown when nothing matched */
  readonly l7_proto: string;
  /** Protocol that carries the application (TLS) */
  readonly l7_master: string | null;
  /** Application that the protocol carries (Google) */
  readonly l7_app: string | null;
  /** Category of the application, else of the protocol (Web, VPN, Chat ...) */
  readonly l7_category: string | null;
  /** How the name was found: DPI, DPI (partial), DPI (cache), Match by port, Match by IP, Match by custom rule */
  readonly l7_confidence: string | null;
  /** Name the client asked for (SNI, HTTP Host, DNS query), or that a host gives itself */
  readonly server_name: string | null;
  /** Client software as it calls itself (HTTP, QUIC, SIP, SSDP) */
  readonly user_agent: string | null;
  /** Login name seen in clear text; passwords are never kept */
  readonly user_name: string | null;
  /** Risks by nDPI's names */
  readonly risks: string[] | null;
  /** Evidence for the risks, name: reason */
  readonly risk_reasons: string[] | null;
  /** Sum of the risks' scores */
  readonly score: number;
  /** Version that the server chose, else the client's best offer (TLSv1.3, DTLSv1.2) */
  readonly tls_version: string | null;
  /** Cipher suite that the server chose, by its IANA name */
  readonly tls_cipher: string | null;
  /** Application protocol that the server chose, else the client's list, comma-separated */
  readonly tls_alpn: string | null;
  /** Versions that the client supports, comma-separated */
  readonly tls_client_versions: string | null;
  /** JA4 fingerprint of the client, as FoxIO describes it */
  readonly tls_ja4: string | null;
  /** The same as nDPI before 5.0 wrote it, where that differs: to find it in what was gathered with it */
  readonly tls_ja4_ndpi4: string | null;
  /** JA3S fingerprint of the server */
  readonly tls_ja3s: string | null;
  /** Subject of the server's certificate */
  readonly tls_cert_subject: string | null;
  /** Issuer of the server's certificate */
  readonly tls_cert_issuer: string | null;
  /** Subject alternative names of the server's certificate */
  readonly tls_cert_names: string[] | null;
  /** Start of the certificate's validity */
  readonly tls_cert_not_before: number | null;
  /** End of the certificate's validity */
  readonly tls_cert_not_after: number | null;
  /** SHA-1 fingerprint of the certificate */
  readonly tls_cert_sha1: string | null;
  /** SHA-256 fingerprint of the certificate */
  readonly tls_cert_sha256: string | null;
  /** Wire version of the first QUIC Initial packet (1 is RFC 9000) */
  readonly quic_version: number | null;
  /** Method of the first request */
  readonly http_method: string | null;
  /** Target of the first request */
  readonly http_url: string | null;
  /** Status code of the first response */
  readonly http_status: number | null;
  /** Server software as it calls itself */
  readonly http_server: string | null;
  /** Content type of the first response */
  readonly http_content_type: string | null;
  /** Name of the first question */
  readonly dns_query: string | null;
  /** Type of the first question (1 A, 28 AAAA ...) */
  readonly dns_query_type: number | null;
  /** Response code of the first answer (0 no error, 3 no such name) */
  readonly dns_rcode: number | null;
  /** Addresses and names of the first answer, at most 16 */
  readonly dns_answers: string[] | null;
  /** Banner of the SSH client */
  readonly ssh_client: string | null;
  /** Banner of the SSH server */
  readonly ssh_server: string | null;
  /** HASSH fingerprint of the client */
  readonly ssh_client_hassh: string | null;
  /** HASSH fingerprint of the server */
  readonly ssh_server_hassh: string | null;
  /** Host name that a DHCP client gives itself */
  readonly dhcp_host_name: string | null;
  /** Parameter request list of a DHCP client, hex */
  readonly dhcp_fingerprint: string | null;
  /** Calling party */
  readonly sip_from: string | null;
  /** Called party */
  readonly sip_to: string | null;
  /** Info-hash of the torrent, hex */
  readonly bittorrent_hash: string | null;
  /** Codec of the static RTP payload type */
  readonly rtp_codec: string | null;
  /** The client is in a local network */
  readonly cli_local: boolean;
  /** The server is in a local network */
  readonly srv_local: boolean;
  /** Time of the flow's first packet, also where it lies in an earlier record of a flow that lasts (--active-timeout) */
  readonly began: number;
  /** Bytes on the wire from the client in earlier records of the flow */
  readonly cli2srv_earlier_bytes: number;
  /** Bytes on the wire from the server in earlier records of the flow */
  readonly srv2cli_earlier_bytes: number;
  /** Raise an alert: score 1 to 255 */
  alert(score: number, message: string): void;
  /** Never again, or not for so many seconds */
  skip(seconds?: number): void;
}

interface FlowloomInterface {
  /** Number of the interface, from 0 */
  readonly id: number;
  /** Name of the source, with the interface's own name where it has one */
  readonly name: string;
  /** Link type as in the pcap registry (EN10MB, LINUX_SLL ...) */
  readonly link_type: string;
  /** Time of the first packet */
  readonly first_seen: number | null;
  /** Time of the last packet */
  readonly last_seen: number | null;
  /** Packets read, IP or not */
  readonly packets: number | bigint;
  /** Bytes on the wire of these packets */
  readonly bytes: number | bigint;
  /** Packets that carried IP */
  readonly ip_packets: number | bigint;
  /** Bytes on the wire of the packets that carried IP */
  readonly ip_bytes: number | bigint;
  /** Packets that the capturing system reports as dropped */
  readonly dropped_packets: number | bigint;
  /** Mean rate between the first and the last packet */
  readonly throughput: number;
  /** Flows whose first packet came from the interface */
  readonly flows: number | bigint;
  /** Flows of the interface that checks raised alerts about */
  readonly alerted_flows: number | bigint;
  /** Sum of the scores of the interface's flows that ended */
  readonly flows_score: number | bigint;
  /** Raise an alert: score 1 to 255 */
  alert(score: number, message: string): void;
  /** Never again, or not for so many seconds */
  skip(seconds?: number): void;
}

interface FlowloomNetwork {
  /** The network (192.168.1.0/24) */
  readonly cidr: string;
  /** Name of the network (--local-nets CIDR=name), else as it is written */
  readonly name: string;
  /** Start of the first flow of its hosts */
  readonly first_seen: number;
  /** Time of the last packet of its hosts */
  readonly last_seen: number;
  /** Hosts of the network that are known */
  readonly hosts: number | bigint;
  /** Bytes on the wire from elsewhere to its hosts */
  readonly ingress_bytes: number | bigint;
  /** Bytes on the wire from its hosts to elsewhere, groups and broadcasts included */
  readonly egress_bytes: number | bigint;
  /** Bytes on the wire between its hosts */
  readonly inner_bytes: number | bigint;
  /** Packets from elsewhere to its hosts */
  readonly ingress_packets: number | bigint;
  /** Packets from its hosts to elsewhere, groups and broadcasts included */
  readonly egress_packets: number | bigint;
  /** Packets between its hosts */
  readonly inner_packets: number | bigint;
  /** Bytes on the wire that its hosts sent to groups and to the broadcast address */
  readonly broadcast_bytes: number | bigint;
  /** Mean rate over the network's life, all directions */
  readonly throughput: number;
  /** Flows that its hosts opened */
  readonly flows_as_client: number | bigint;
  /** Flows that were opened to its hosts */
  readonly flows_as_server: number | bigint;
  /** Flows of its hosts that have not ended */
  readonly active_flows: number | bigint;
  /** TCP connections to its hosts that ended without being accepted: a SYN, and no SYN-ACK */
  readonly refused_flows: number | bigint;
  /** Flows of its hosts that checks raised alerts about */
  readonly alerted_flows: number | bigint;
  /** Sum of the scores of its flows that ended */
  readonly flows_score: number | bigint;
  /** TCP segments to and from its hosts */
  readonly tcp_packets: number | bigint;
  /** TCP segments to and from its hosts that were sent again */
  readonly tcp_retransmissions: number | bigint;
  /** TCP segments to and from its hosts that arrived out of order */
  readonly tcp_out_of_order: number | bigint;
  /** TCP segments to and from its hosts that announced a zero window */
  readonly tcp_zero_windows: number | bigint;
  /** TCP flows of its hosts that ended by RST */
  readonly tcp_resets: number | bigint;
  /** Mean network round trip of the TCP handshakes of its flows that ended, from client to server and back */
  readonly rtt: number | null;
  /** Raise an alert: score 1 to 255 */
  alert(score: number, message: string): void;
  /** Never again, or not for so many seconds */
  skip(seconds?: number): void;
}

/** A check exports one or more of these. */
interface FlowloomCheck {
  hostMinute?(host: FlowloomHost): void;
  flowDetected?(flow: FlowloomFlow): void;
  flowPeriodic?(flow: FlowloomFlow): void;
  flowEnd?(flow: FlowloomFlow): void;
  interfaceMinute?(iface: FlowloomInterface): void;
  networkMinute?(network: FlowloomNetwork): void;
}
