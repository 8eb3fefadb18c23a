package dpi

// ID is a protocol's position in its registry; 0 is Unknown. It is stable only
// within one registry: names are what users see and files store.
type ID uint16

// Unknown is the ID of a flow without a name.
const Unknown ID = 0

// Transport says over which carriers a dissector wants to see flows.
type Transport uint8

// Carriers.
const (
	TCP Transport = 1 << iota
	UDP
	// Other: the payload above any other IP protocol, ports 0 (or SCTP's).
	Other
)

// Protocol is one entry of the registry: a protocol, or an application that
// others carry.
type Protocol struct {
	// Name as nDPI spells it.
	Name string
	// NDPI is nDPI's number of the protocol, for scripts written for ntopng; 0
	// when it has none that is public.
	NDPI     uint16
	Category Category
	Breed    Breed
	// TCPPorts and UDPPorts are the default server ports: flows there are tried
	// first, guessed by port when nothing matched, and elsewhere are "on a non
	// standard port".
	TCPPorts, UDPPorts []uint16
	// IPProto names flows of that IP protocol number without looking further;
	// 0 for none.
	IPProto uint8
	// Over is where Dissect is called; 0 for an entry found only by port, address,
	// server name or another protocol's dissector.
	Over    Transport
	Dissect Dissector
	// Weak marks a dissector without a clear signature: it runs after all others.
	Weak bool
	// NoGuess keeps the default ports from naming a flow without payload evidence.
	NoGuess bool
	// App marks an application or service (Google, WhatsApp): as second name it
	// follows the protocol that carries it.
	App bool
	// Source is the public description the dissector follows ("RFC 9112").
	Source string

	rule bool // a rule of the user made it
}

// Ranks of dissectors, in the order in which they see a flow.
const (
	rankRule = iota
	rankClear
	rankWeak
	numRanks
)

func (p *Protocol) rank() int {
	switch {
	case p.rule:
		return rankRule
	case p.Weak:
		return rankWeak
	default:
		return rankClear
	}
}

// Verdict is what a dissector thinks of a flow after the latest packet.
type Verdict uint8

// Verdicts.
const (
	// No: never this protocol. The dissector is not called again for this flow.
	No Verdict = iota
	// More: perhaps; call again with the next packet.
	More
	// Yes: it is this protocol, and nothing more is to be learned.
	Yes
	// YesMore: it is this protocol; call again for what else it may tell.
	YesMore
)

// Dissector judges a flow by what it has shown so far. It must not keep slices
// of the flow's buffers, and its work must be bounded by the bytes it is given.
type Dissector func(f *Flow) Verdict

// Confidence says how a flow got its name. The text forms are nDPI's.
type Confidence uint8

// Confidences, from none to certain.
const (
	NoConfidence Confidence = iota
	ByPort                  // guessed from the server port
	ByAddress               // guessed from the server address
	ByRule                  // named by a rule of the user
	ByCache                 // the address was named by DNS or by an earlier flow
	Partial                 // the protocol is sure, its content could not be read
	ByDPI                   // read in the payload
)

var confidenceNames = [...]string{
	"Unknown", "Match by port", "Match by IP", "Match by custom rule", "DPI (cache)", "DPI (partial)", "DPI",
}

// String returns the confidence as it stands in l7_confidence ("Match by port").
func (c Confidence) String() string { return confidenceNames[c] }
