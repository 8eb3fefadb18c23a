package alert

import (
	"cmp"
	"strings"
)

// Entity is the kind of thing that an alert is about. The numbers are ntopng's.
type Entity uint8

// Entities.
const (
	Interface Entity = 0
	Host      Entity = 1
	Network   Entity = 2
	Flow      Entity = 4
	System    Entity = 9
)

var entityNames = map[Entity]string{Interface: "interface", Host: "host", Network: "network", Flow: "flow", System: "system"} //nolint:gochecknoglobals // constant

// String returns the name as it stands in the field entity ("host").
func (e Entity) String() string { return entityNames[e] }

// Finding is what a check says of one entity at one time.
type Finding struct {
	// Check is the name of the check.
	Check  string
	Entity Entity
	// Subject identifies the entity among its kind: an address, a network, a flow.
	Subject string
	// Flow tells one flow from any other that is alive, 0 for other entities.
	Flow uint64
	// Score is 0 to 255; the severity follows from it.
	Score   uint8
	Message string
	// Time in nanoseconds since the Unix epoch, of packets or of the wall.
	Time int64
}

// Status is where an alert stands in its life. The numbers are ntopng's.
type Status uint8

// Statuses.
const (
	// Past: the condition is over, or was a single event.
	Past Status = 0
	// Acknowledged: somebody has seen to it.
	Acknowledged Status = 1
	// Engaged: the condition lasts.
	Engaged Status = 2
)

var statusNames = [...]string{"past", "acknowledged", "engaged"}

// String returns the name as it stands in the field status ("engaged").
func (s Status) String() string { return statusNames[s] }

// Alert is a condition from its first finding to its last.
type Alert struct {
	// Finding is the first one, with the highest score and the latest message.
	Finding
	Status Status
	// Last is the time of the latest finding; of a released alert, of the release.
	Last int64
	// Count is the number of findings.
	Count uint64
	// Released: the condition is over, also of an acknowledged alert.
	Released bool
	// Label is what was noted when the alert was acknowledged.
	Label string
}

// Severity returns how bad the alert is.
func (a *Alert) Severity() Severity { return SeverityOf(a.Score) }

// Compare orders alerts by their beginning, then by what they are about.
func Compare(a, b *Alert) int {
	return cmp.Or(
		cmp.Compare(a.Time, b.Time), strings.Compare(a.Check, b.Check), cmp.Compare(a.Entity, b.Entity),
		strings.Compare(a.Subject, b.Subject), cmp.Compare(a.Last, b.Last), strings.Compare(a.Message, b.Message),
	)
}
