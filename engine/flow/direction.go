package flow

import "github.com/flowloom/flowloom/engine/packet"

// orient decides from a flow's first packet which side is the client. It returns
// the flags to set and whether the packet's sender is the server.
func orient(p *packet.Packet) (f flag, fromServer bool) {
	if p.Proto == packet.ProtoTCP && p.TCPFlags&packet.SYN != 0 {
		return bySYN | seenSYN, p.TCPFlags&packet.ACK != 0
	}
	if p.Proto != packet.ProtoTCP && p.Proto != packet.ProtoUDP {
		return 0, false
	}
	if isService(p.SrcPort) && !isService(p.DstPort) && !isGroup(&p.Dst) {
		return byPort, true
	}
	return 0, false
}

// isGroup reports whether the address is multicast or the limited broadcast: it
// can be spoken to but does not speak.
func isGroup(a *packet.Addr) bool {
	if a.Is4() {
		return a[12]>>4 == 14 || a[12]&a[13]&a[14]&a[15] == 0xff
	}
	return a[0] == 0xff
}

// isService reports whether a port is one on which servers listen: the system
// ports (RFC 6335, section 6) and the registered ones that are in common use,
// below the range that clients take theirs from.
func isService(port uint16) bool {
	if port < 1024 {
		return port != 0
	}
	switch port {
	case 1080, 1194, 1433, 1521, 1701, 1723, 1812, 1813, 1883, 1900, // SOCKS to SSDP
		2049, 2055, 2123, 2152, 2181, 2375, 2376, 2483, // NFS, NetFlow, GTP, Docker
		3128, 3260, 3268, 3269, 3306, 3389, 3478, 3544, 3690, // proxies, databases, RDP, STUN
		4369, 4500, 4739, 4789, 5060, 5061, 5222, 5269, 5353, 5355, // IPsec, IPFIX, VXLAN, SIP, XMPP, mDNS
		5432, 5671, 5672, 5683, 5684, 5900, 5938, 5984, 6081, 6343, 6379, 6443, 6514, 6667, // PostgreSQL to IRC
		8000, 8008, 8080, 8081, 8086, 8088, 8443, 8883, 8888, // HTTP's other ports, MQTT over TLS
		9000, 9042, 9090, 9092, 9100, 9200, 9300, 9418, // Cassandra, Kafka, Elasticsearch, git
		10050, 10051, 11211, 15672, 25565, 27017, 47808, 51820: // Zabbix to WireGuard
		return true
	default:
		return false
	}
}
