package tracegen

import (
	"net/netip"
	"time"
)

// DHCP message types (RFC 2132, section 9.6).
const (
	dhcpDiscover = 1
	dhcpOffer    = 2
	dhcpRequest  = 3
	dhcpACK      = 5
)

// DHCP is how a host gets its address: discover, offer, request, acknowledge, all
// by broadcast (RFC 2131, section 3.1). It makes two flows, one each way.
func DHCP(at time.Duration, host, router Endpoint, hostname string) []Flow {
	all := netip.AddrFrom4([4]byte{255, 255, 255, 255})
	nobody := Endpoint{Addr: netip.IPv4Unspecified(), Port: 68, MAC: host.mac()}
	query := func(kind byte) []byte { return dhcpMessage(kind, host, router, hostname) }
	const pause = 80 * time.Millisecond
	return []Flow{
		UDP{At: at, Client: nobody, Server: Endpoint{Addr: all, Port: 67}, Exchange: Script(
			Message{Data: query(dhcpDiscover)}, Message{Data: query(dhcpRequest), Wait: pause},
		)},
		UDP{At: at + pause/2, Client: router.On(67), Server: Endpoint{Addr: all, Port: 68}, Exchange: Script(
			Message{Data: query(dhcpOffer)}, Message{Data: query(dhcpACK), Wait: pause},
		)},
	}
}

// dhcpMessage builds a message (RFC 2131, section 2). The transaction is named
// by the host's hardware address.
func dhcpMessage(kind byte, host, router Endpoint, hostname string) []byte {
	mac, ip, gateway := host.mac(), host.Addr.As4(), router.Addr.As4()
	reply := kind == dhcpOffer || kind == dhcpACK
	b := []byte{1, 1, 6, 0, mac[2], mac[3], mac[4], mac[5], 0, 0, 0x80, 0, 0, 0, 0, 0}
	if reply {
		b[0] = 2
		b = append(append(b, ip[:]...), gateway[:]...)
	} else {
		b = append(b, make([]byte, 8)...)
	}
	b = append(b, 0, 0, 0, 0)
	b = append(b, mac[:]...)
	b = append(b, make([]byte, 10+64+128)...)
	b = append(b, 99, 130, 83, 99, 53, 1, kind)
	if reply {
		b = append(append(b, 54, 4), gateway[:]...)
		b = append(b, 51, 4, 0, 0, 0x0e, 0x10, 1, 4, 255, 255, 255, 0)
		b = append(append(b, 3, 4), gateway[:]...)
		b = append(append(b, 6, 4), gateway[:]...)
		return append(b, 255)
	}
	b = append(append(b, 12, byte(len(hostname))), hostname...)
	b = append(append(b, 60, 8), "MSFT 5.0"...)
	if kind == dhcpRequest {
		b = append(append(b, 50, 4), ip[:]...)
		b = append(append(b, 54, 4), gateway[:]...)
	}
	b = append(b, 55, 7, 1, 3, 6, 15, 31, 33, 43)
	return append(b, 255)
}
