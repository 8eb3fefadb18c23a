package dpi

import (
	"bytes"
	"encoding/hex"
)

// BitTorrent: BEP 3 (peer wire), BEP 5 (DHT), BEP 14 (local discovery), BEP 15 (UDP
// trackers), BEP 29 (uTP).

// dissectBitTorrent finds the peer handshake over TCP; over UDP the DHT, uTP, trackers
// and local discovery.
func dissectBitTorrent(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		return bittorrentUDP(f, b)
	}
	v := prefixVerdict(b, "\x13BitTorrent protocol")
	if v == Yes && len(b) >= 48 {
		f.Info().BitTorrentHash = hex.EncodeToString(b[28:48])
	}
	return v
}

func bittorrentUDP(f *Flow, b []byte) Verdict {
	switch {
	case bencodedDHT(b), hasPrefix(b, "BT-SEARCH * HTTP/1.1\r\n"), hasPrefix(b, "\x13BitTorrent protocol"):
		if at := bytes.Index(b, []byte("9:info_hash20:")); at >= 0 && at+34 <= len(b) {
			f.Info().BitTorrentHash = hex.EncodeToString(b[at+14 : at+34])
		}
		return Yes
	case len(b) == 16 && be32(b, 0) == 0x417 && be32(b, 4) == 0x27101980 && be32(b, 8) == 0:
		return Yes
	case utpLike(b):
		return utpVerdict(f, b)
	default:
		return No
	}
}

// bencodedDHT reports a KRPC dictionary.
func bencodedDHT(b []byte) bool {
	if len(b) < 20 || b[0] != 'd' {
		return false
	}
	return hasPrefix(b, "d1:ad2:id20:") || hasPrefix(b, "d1:rd2:id20:") || hasPrefix(b, "d2:ip") || hasPrefix(b, "d1:el") || hasPrefix(b, "d1:rd") && bytes.Contains(b, []byte("2:id20:"))
}

// utpLike reports a uTP version 1 header with a known extension.
func utpLike(b []byte) bool {
	return len(b) >= 20 && b[0]&0x0f == 1 && b[0]>>4 <= 4 && b[1] <= 2
}

type utpState struct {
	id  uint16
	dir Direction
}

// utpVerdict asks for a connection id that the other side answers with.
func utpVerdict(f *Flow, b []byte) Verdict {
	const syn = 4
	id := be16(b, 2)
	s, _ := f.State().(*utpState)
	if s == nil {
		if be32(b, 12) > 1<<26 || b[0]>>4 == syn && len(b) > 30 {
			return No
		}
		f.SetState(&utpState{id, f.Dir})
		return More
	}
	if diff := int(id) - int(s.id); s.dir != f.Dir && diff >= -1 && diff <= 1 {
		return Yes
	}
	return More
}
