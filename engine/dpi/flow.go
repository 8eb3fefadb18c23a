package dpi

import "github.com/flowloom/flowloom/engine/packet"

// Bounds of the work for one flow.
const (
	// MaxPackets is how many packets with payload a flow may show before the
	// detector gives up on it, or stops asking for metadata.
	MaxPackets = 24
	// MaxBuffered bounds the bytes kept for one flow, both directions, reordering
	// and dissectors' own state included.
	MaxBuffered = 16 << 10
	// MaxOpen bounds the flows of all detectors whose detection goes on: beyond it
	// a flow is judged by its first packet.
	MaxOpen = 1 << 15
)

// Direction indexes what is kept for each direction of a flow.
type Direction uint8

// Directions.
const (
	FromClient Direction = iota
	FromServer
)

// Other returns the opposite direction.
func (d Direction) Other() Direction { return d ^ 1 }

// Flow is what a dissector sees of a flow. It is valid during the call only.
type Flow struct {
	// Payload is what the latest packet brought: a whole datagram (as far as
	// captured), or for TCP everything of its direction from the first byte seen,
	// in order, without gaps; see Stream. Never empty.
	Payload []byte
	// PayloadLen is the latest packet's payload length on the wire: it exceeds
	// len(Payload) of a datagram cut by the snap length.
	PayloadLen int
	// Dir is the direction of the latest packet.
	Dir Direction
	// Packets counts the packets with payload in each direction, this one included.
	Packets [2]int
	// Time of the latest packet, nanoseconds since the Unix epoch.
	Time int64

	CliAddr, SrvAddr packet.Addr
	CliPort, SrvPort uint16
	// Proto is the IP protocol number.
	Proto uint8
	// Fragment reports that the latest packet came in IP fragments.
	Fragment bool
	// StartSeen reports that the TCP handshake's SYN was seen: the streams begin
	// at their first byte.
	StartSeen bool

	detector   *Detector
	res        *Result
	carrier    int
	current    ID    // whose dissector runs
	match      int16 // 1 + position of the dissector that is certain, 0 while none is
	portsTried bool
	entropy    float32 // the highest of a datagram
	alive      bitset  // dissectors that have not said No
	streams    [2]stream
	states     []dissectorState
	buffered   int
}

func (f *Flow) matched() bool { return f.match != 0 }

func (f *Flow) ends() Ends {
	return Ends{CliAddr: f.CliAddr, SrvAddr: f.SrvAddr, CliPort: f.CliPort, SrvPort: f.SrvPort, StartSeen: f.StartSeen}
}

type dissectorState struct {
	id    ID
	state any
}

// Stream returns what is known of one direction of a TCP flow, from its first
// byte without gaps, at most MaxBuffered bytes. It is nil for other transports
// and for a direction that has sent nothing.
func (f *Flow) Stream(d Direction) []byte { return f.streams[d].view }

// HasPort reports whether either end of the flow uses the port.
func (f *Flow) HasPort(port uint16) bool { return f.CliPort == port || f.SrvPort == port }

// State returns what this dissector kept with SetState for this flow, or nil.
func (f *Flow) State() any {
	for i := range f.states {
		if f.states[i].id == f.current {
			return f.states[i].state
		}
	}
	return nil
}

// SetState keeps s for this dissector's next call on this flow. The state must
// stay small; one that holds payload bytes accounts for them with Reserve.
func (f *Flow) SetState(s any) {
	for i := range f.states {
		if f.states[i].id == f.current {
			f.states[i].state = s
			return
		}
	}
	f.states = append(f.states, dissectorState{f.current, s})
}

// Reserve accounts n bytes against MaxBuffered; false means that the dissector
// must do without them.
func (f *Flow) Reserve(n int) bool {
	if n < 0 || f.buffered+n > MaxBuffered {
		return false
	}
	f.buffered += n
	return true
}

// Info returns the flow's metadata for the dissector to fill, made on first use.
// Call it only once the protocol is certain.
func (f *Flow) Info() *Info {
	if f.res.Info == nil {
		f.res.Info = new(Info)
	}
	return f.res.Info
}

// SetServerName keeps the name that the client asked for, cleaned; the
// application is looked up by it when the dissector returns.
func (f *Flow) SetServerName(name []byte) {
	if clean := cleanName(name); clean != "" {
		f.Info().ServerName = clean
	}
}

// SetMaster names another protocol than the dissector's own as the carrier
// (SMTP that turned into SMTPS).
func (f *Flow) SetMaster(name string) { f.res.Master = f.detector.reg.mustID(name) }

// SetApp names the application (the second part of MASTER.APP).
func (f *Flow) SetApp(name string) { f.res.App = f.detector.reg.mustID(name) }

// SetCategory overrides the category of the protocol.
func (f *Flow) SetCategory(c Category) { f.res.Category = c }

// Partial marks that the protocol is certain but its content was unreadable.
func (f *Flow) Partial() { f.res.Confidence = Partial }

// Learn keeps a name of an address, which a DNS answer or the host itself (own) told.
func (f *Flow) Learn(addr packet.Addr, name string, own bool) {
	if name != "" && addr != (packet.Addr{10: 0xff, 11: 0xff}) && addr != (packet.Addr{}) {
		f.detector.learned = append(f.detector.learned, Learned{Addr: addr, Name: name, Own: own, Time: f.Time})
	}
}

// Risk raises a risk with the evidence for it.
func (f *Flow) Risk(r Risk, reason string) {
	if f.res.Risks.Has(r) {
		return
	}
	f.res.Risks = f.res.Risks.With(r)
	if info := f.Info(); reason != "" && len(info.Reasons) < MaxReasons {
		info.Reasons = append(info.Reasons, RiskReason{r, reason})
	}
}
