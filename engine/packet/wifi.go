package packet

import "encoding/binary"

// Bits of the 802.11 frame control field (IEEE 802.11-2020, section 9.2.4.1).
const (
	wifiTypeMask  = 0x0c // first byte
	wifiTypeData  = 0x08
	wifiNoData    = 0x40
	wifiQoS       = 0x80
	wifiToDS      = 0x01 // second byte
	wifiFromDS    = 0x02
	wifiProtected = 0x40
	wifiHTC       = 0x80
)

// wifi decodes an IEEE 802.11 frame. Only data frames in the clear carry IP that
// can be read.
func (d *Decoder) wifi(p *Packet, b []byte) Reason { return d.wifiFrame(p, b, 1) }

// wifiFrame decodes an 802.11 frame whose header is padded to a multiple of
// align bytes.
func (d *Decoder) wifiFrame(p *Packet, b []byte, align int) Reason {
	if len(b) < 2 {
		return TruncatedLink
	}
	return d.wifiData(p, frameControl{b[0], b[1], 22}, b, align)
}

// wifiByController decodes an 802.11 frame between access point and controller, some of
// which swap the bytes of its fields for frame and sequence control, but of no other. The
// version, 0, tells (IEEE 802.11-2020, section 9.2.4.1.2).
func (d *Decoder) wifiByController(p *Packet, b []byte) Reason {
	const versionMask = 0x03
	if len(b) < 2 {
		return TruncatedLink
	}
	if b[0]&versionMask != 0 && b[1]&versionMask == 0 {
		return d.wifiData(p, frameControl{b[1], b[0], 23}, b, 1)
	}
	return d.wifiFrame(p, b, 1)
}

// frameControl is the first field of an 802.11 frame.
type frameControl struct {
	kind, flags byte
	fragment    int // where the byte is whose low bits number fragments
}

// wifiData decodes a frame that carries data.
func (d *Decoder) wifiData(p *Packet, control frameControl, b []byte, align int) Reason {
	if control.kind&wifiTypeMask != wifiTypeData || control.kind&wifiNoData != 0 || control.flags&wifiProtected != 0 {
		return NotIP
	}
	n, qos := control.header()
	if len(b) < n {
		return TruncatedLink
	}
	control.addresses(p, b)
	if b[control.fragment]&0x0f != 0 {
		return NotIP // a later fragment of an 802.11 frame: nothing in it names its protocol
	}
	amsdu := qos > 0 && b[qos]&0x80 != 0
	n += -n & (align - 1)
	if len(b) < n {
		return TruncatedLink
	}
	if amsdu {
		return d.subframe(p, b[n:])
	}
	return d.llc(p, b[n:])
}

// header returns the length of a data frame's header and where its QoS control
// field is, 0 when it has none.
func (c frameControl) header() (n, qos int) {
	n = 24
	if c.flags&(wifiToDS|wifiFromDS) == wifiToDS|wifiFromDS {
		n += 6
	}
	if c.kind&wifiQoS == 0 {
		return n, 0
	}
	qos, n = n, n+2
	if c.flags&wifiHTC != 0 {
		n += 4
	}
	return n, qos
}

// addresses sets source and destination, whose places depend on the way through
// the distribution system (IEEE 802.11-2020, table 9-30).
func (c frameControl) addresses(p *Packet, b []byte) {
	first, second, third := [6]byte(b[4:]), [6]byte(b[10:]), [6]byte(b[16:])
	switch c.flags & (wifiToDS | wifiFromDS) {
	case 0:
		p.DstMAC, p.SrcMAC = first, second
	case wifiFromDS:
		p.DstMAC, p.SrcMAC = first, third
	case wifiToDS:
		p.DstMAC, p.SrcMAC = third, second
	default:
		p.DstMAC, p.SrcMAC = third, [6]byte(b[24:])
	}
}

// subframe decodes the first subframe of an A-MSDU (IEEE 802.11-2020, section
// 9.3.2.2.2). The others have no frame of their own to be counted with.
func (d *Decoder) subframe(p *Packet, b []byte) Reason {
	if len(b) < 14 {
		return TruncatedLink
	}
	p.DstMAC, p.SrcMAC = [6]byte(b[0:6]), [6]byte(b[6:12])
	return d.llc(p, d.trim(b[14:], int(binary.BigEndian.Uint16(b[12:]))))
}

// radiotap decodes a radiotap header (https://www.radiotap.org) and the 802.11
// frame behind it.
func (d *Decoder) radiotap(p *Packet, b []byte) Reason {
	if len(b) < 8 {
		return TruncatedLink
	}
	n := int(binary.LittleEndian.Uint16(b[2:]))
	if n < 8 || n > len(b) {
		return TruncatedLink
	}
	align := 1
	if radiotapPadded(b[:n]) {
		align = 4
	}
	return d.wifiFrame(p, b[n:], align)
}

// radiotapPadded reports whether the Flags field says that the 802.11 header is
// padded to 32 bits. Flags comes right after the optional eight-byte TSFT.
func radiotapPadded(b []byte) bool {
	const presentTSFT, presentFlags, presentMore, flagPadded = 1 << 0, 1 << 1, 1 << 31, 0x20
	present := binary.LittleEndian.Uint32(b[4:])
	at := 8
	for more := present; more&presentMore != 0; at += 4 {
		if len(b) < at+4 {
			return false
		}
		more = binary.LittleEndian.Uint32(b[at:])
	}
	if present&presentTSFT != 0 {
		at += -at&7 + 8
	}
	return present&presentFlags != 0 && at < len(b) && b[at]&flagPadded != 0
}

// ppi decodes a Per-Packet Information header (CACE Technologies, PPI packet
// header format 1.0.10), which names the link type of what follows.
func (d *Decoder) ppi(p *Packet, b []byte) Reason {
	if len(b) < 8 {
		return TruncatedLink
	}
	if !d.enter() {
		return TooDeep
	}
	n := int(binary.LittleEndian.Uint16(b[2:]))
	if n < 8 || n > len(b) {
		return TruncatedLink
	}
	dlt := binary.LittleEndian.Uint32(b[4:])
	if dlt > 0xffff {
		return UnsupportedLink
	}
	return d.link(LinkType(dlt), p, b[n:])
}
