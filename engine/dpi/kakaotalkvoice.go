package dpi

import "github.com/flowloom/flowloom/engine/packet"

// dissectKakaoVoice finds the media control of KakaoTalk's calls. There is no public
// description; read off its packets: a report of RTCP (RFC 3550, section 6.4) for one
// source or none, encrypted from its end on, to the relays in 1.201.0.0/16.
func dissectKakaoVoice(f *Flow) Verdict {
	const report, longest, enough = 4 * (7 + 1), 128, 3
	b := f.Payload
	if !kakaoRelay(f.SrvAddr) && !kakaoRelay(f.CliAddr) || f.PayloadLen > longest || !kakaoReport(b) {
		return No
	}
	if len(b) <= report || rtcpLike(b[report:]) {
		return No
	}
	if f.Packets[FromClient] > 0 && f.Packets[FromServer] > 0 && f.Packets[FromClient]+f.Packets[FromServer] >= enough {
		return Yes
	}
	return More
}

func kakaoRelay(a packet.Addr) bool { return a.Is4() && a[12] == 1 && a[13] == 201 }

// kakaoReport reports the header of a sender's report, or of a receiver's.
func kakaoReport(b []byte) bool {
	if len(b) < 8 || b[0] != 0x80 && b[0] != 0x81 {
		return false
	}
	return (b[1] == 200 || b[1] == 201) && (be16(b, 2) == 12 || be16(b, 2) == 7)
}
