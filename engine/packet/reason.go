package packet

// Reason says what became of a frame. Every value but OK and Held is a counter
// of rejected input that the user sees.
type Reason uint8

// The outcomes of decoding.
const (
	// OK: the Packet is an IP packet that belongs to a flow.
	OK Reason = iota
	// Held: a fragment that waits for the one with the ports. Its bytes are
	// counted with that one, or by Orphan.
	Held
	// NotIP: a well-formed frame that carries no IP (ARP, LLDP, spanning tree ...).
	NotIP
	// UnsupportedLink: the link type of the source is not known here.
	UnsupportedLink
	// TruncatedLink: the frame ends within its link, VLAN, MPLS or PPPoE header.
	TruncatedLink
	// TruncatedIP: the frame ends within an IP header.
	TruncatedIP
	// BadIP: the IP header contradicts itself (version, header or total length).
	BadIP
	// TooDeep: more encapsulations than the decoder follows.
	TooDeep
	// NumReasons is the number of reasons, for arrays of counters.
	NumReasons
)

var reasonNames = [NumReasons]string{
	"ok", "held_fragment", "not_ip", "unsupported_link", "truncated_link", "truncated_ip", "bad_ip", "too_deep",
}

// String returns the reason as it appears in counters ("truncated_ip").
func (r Reason) String() string { return reasonNames[r] }

var reasonHelps = [NumReasons]string{
	"packets of flows",
	"fragments that wait for the one with the ports",
	"frames that carry no IP (ARP, LLDP, spanning tree ...)",
	"frames of a link type that is not known",
	"frames that end within their link header",
	"frames that end within an IP header",
	"frames whose IP header contradicts itself",
	"frames with more encapsulations than the decoder follows",
}

// Help says in a few words what the reason counts, without a full stop.
func (r Reason) Help() string { return reasonHelps[r] }
