package tracegen

import (
	"fmt"
	"strings"
	"time"
)

// Call is a phone call by SIP with G.711 voice in RTP.
type Call struct {
	// At is the time of the INVITE since the trace's start; Talk how long they talk.
	At, Talk time.Duration
	// Caller and Callee are the two phones, on their SIP ports; media goes over
	// ports 16384 and 16386.
	Caller, Callee       Endpoint
	CallerURI, CalleeURI string
	RTT                  time.Duration
	Path                 Path
}

const ringing = 2 * time.Second

// Flows returns the signalling, the voice and its RTCP reports.
func (c Call) Flows() []Flow {
	caller, callee := c.Caller.On(16384), c.Callee.On(16386)
	talkAt := c.At + ringing + 100*time.Millisecond
	voice := c.Path
	voice.TOS = 46 << 2 // expedited forwarding, RFC 3246
	return []Flow{
		UDP{At: c.At, Client: c.Caller, Server: c.Callee, Exchange: c.signalling(), RTT: c.RTT, Path: c.Path},
		UDP{At: talkAt, Client: caller, Server: callee, Exchange: RTP(int(c.Talk / rtpInterval)), RTT: c.RTT, Path: voice},
		UDP{At: talkAt + 5*time.Second, Client: caller.On(16385), Server: callee.On(16387), Exchange: rtcp(int(c.Talk / (5 * time.Second))), RTT: c.RTT, Path: voice},
	}
}

// signalling is INVITE, 180, 200, ACK, and BYE after the talk (RFC 3261, section 24).
func (c Call) signalling() Exchange {
	offer := c.sdp(c.Caller, 16384)
	answer := c.sdp(c.Callee, 16386)
	return Script(
		Client(c.sip("INVITE "+c.CalleeURI+" SIP/2.0", "1 INVITE", false, offer)),
		Server(c.sip("SIP/2.0 100 Trying", "1 INVITE", false, "")),
		Server(c.sip("SIP/2.0 180 Ringing", "1 INVITE", true, "")).After(80*time.Millisecond),
		Server(c.sip("SIP/2.0 200 OK", "1 INVITE", true, answer)).After(ringing),
		Client(c.sip("ACK "+c.CalleeURI+" SIP/2.0", "1 ACK", true, "")),
		Client(c.sip("BYE "+c.CalleeURI+" SIP/2.0", "2 BYE", true, "")).After(c.Talk),
		Server(c.sip("SIP/2.0 200 OK", "2 BYE", true, "")),
	)
}

func (c Call) sip(start, sequence string, tagged bool, body string) string {
	to := "<" + c.CalleeURI + ">"
	if tagged {
		to += ";tag=8321"
	}
	lines := []string{
		start,
		fmt.Sprintf("Via: SIP/2.0/UDP %s:%d;branch=z9hG4bK776asdhds", c.Caller.Addr, c.Caller.Port),
		"Max-Forwards: 70",
		"From: <" + c.CallerURI + ">;tag=1928301774",
		"To: " + to,
		fmt.Sprintf("Call-ID: a84b4c76e66710@%s", c.Caller.Addr),
		"CSeq: " + sequence,
		fmt.Sprintf("Contact: <sip:phone@%s:%d>", c.Caller.Addr, c.Caller.Port),
		"User-Agent: Example Phone 1.0",
	}
	if body != "" {
		lines = append(lines, "Content-Type: application/sdp")
	}
	lines = append(lines, fmt.Sprintf("Content-Length: %d", len(body)), "", body)
	return strings.Join(lines, "\r\n")
}

// sdp offers G.711 mu-law (RFC 8866).
func (c Call) sdp(e Endpoint, port int) string {
	version := "IP4"
	if e.Addr.Is6() {
		version = "IP6"
	}
	return strings.Join([]string{
		"v=0", fmt.Sprintf("o=phone 2890844526 2890844526 IN %s %s", version, e.Addr), "s=call",
		fmt.Sprintf("c=IN %s %s", version, e.Addr), "t=0 0",
		fmt.Sprintf("m=audio %d RTP/AVP 0", port), "a=rtpmap:0 PCMU/8000", "",
	}, "\r\n")
}

const rtpInterval = 20 * time.Millisecond

// RTP is voice in both directions: n packets each way, one in 20 ms, 160 samples
// of G.711 (RFC 3550, section 5.1).
func RTP(n int) Exchange {
	var messages []Message
	for i := range n {
		for _, fromServer := range []bool{false, true} {
			m := Message{FromServer: fromServer, Data: rtp(i, fromServer), Wait: rtpInterval / 2}
			messages = append(messages, m)
		}
	}
	return Script(messages...)
}

// sources are the SSRCs of the two sides.
func source(fromServer bool) uint32 {
	if fromServer {
		return 0x5eed0002
	}
	return 0x5eed0001
}

func rtp(i int, fromServer bool) []byte {
	b := []byte{0x80, 0}
	if i == 0 {
		b[1] |= 0x80 // marker: talk begins
	}
	b = be16(b, 1000+i)
	b = be32(b, uint32(160*i))
	b = be32(b, source(fromServer))
	return append(b, Noise(uint64(i)+uint64(source(fromServer)), 160)...)
}

// rtcp is n sender reports each way with a CNAME (RFC 3550, section 6).
func rtcp(n int) Exchange {
	var messages []Message
	for i := range n {
		for _, fromServer := range []bool{false, true} {
			m := Message{FromServer: fromServer, Data: rtcpReport(i, fromServer)}
			if !fromServer && i > 0 {
				m.Wait = 5 * time.Second
			}
			messages = append(messages, m)
		}
	}
	return Script(messages...)
}

func rtcpReport(i int, fromServer bool) []byte {
	b := be32([]byte{0x80, 200, 0, 6}, source(fromServer))
	b = ntpTime(b, certTime.Add(time.Duration(i)*5*time.Second))
	b = be32(b, uint32(i*40000))
	b = be32(b, uint32(i*250))
	b = be32(b, uint32(i*40000))
	b = be32(append(b, 0x81, 202, 0, 4), source(fromServer))
	return append(b, append([]byte{1, 9}, "phone.abc\x00"...)...)
}
