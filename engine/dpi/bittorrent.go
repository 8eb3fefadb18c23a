package dpi

import (
	"bytes"
	"encoding/hex"
)

// BitTorrent: BEP 3 (peer wire), BEP 5 (DHT), BEP 14 (local discovery), BEP 15 (UDP
// trackers); utp.go has BEP 29.

const (
	bittorrentHandshake = "\x13BitTorrent protocol"
	bittorrentHash      = 20
)

// dissectBitTorrent finds the peer handshake over TCP; over UDP the DHT, uTP, trackers
// and local discovery.
func dissectBitTorrent(f *Flow) Verdict {
	if f.carrier == overUDP {
		return bittorrentUDP(f, f.Payload)
	}
	const at = 28 // behind the flags of extensions
	b := f.Payload
	if v := prefixVerdict(b, bittorrentHandshake); v != Yes {
		return v
	}
	if len(b) < at+bittorrentHash {
		return YesMore
	}
	f.Info().BitTorrentHash = hex.EncodeToString(b[at : at+bittorrentHash])
	return Yes
}

func bittorrentUDP(f *Flow, b []byte) Verdict {
	switch {
	case bencodedDHT(b), hasPrefix(b, "BT-SEARCH * HTTP/1.1\r\n"), hasPrefix(b, bittorrentHandshake):
		const key = "9:info_hash20:"
		if at := bytes.Index(b, []byte(key)) + len(key); at >= len(key) && at+bittorrentHash <= len(b) {
			f.Info().BitTorrentHash = hex.EncodeToString(b[at : at+bittorrentHash])
		}
		return Yes
	case bittorrentTracker(b):
		return Yes
	case utpLike(b):
		return utpVerdict(f, b)
	default:
		return No
	}
}

// bittorrentTracker reports the request that opens a connection: magic and action 0.
func bittorrentTracker(b []byte) bool {
	return len(b) == 16 && be32(b, 0) == 0x417 && be32(b, 4) == 0x27101980 && be32(b, 8) == 0
}

// bencodedDHT reports a KRPC dictionary.
func bencodedDHT(b []byte) bool {
	if len(b) < 20 || b[0] != 'd' {
		return false
	}
	return hasPrefix(b, "d1:ad2:id20:") || hasPrefix(b, "d2:ip") || hasPrefix(b, "d1:el") || hasPrefix(b, "d1:rd") && bytes.Contains(b, []byte("2:id20:"))
}
