package notify

import "github.com/flowloom/flowloom/engine/telemetry"

// Stats is how one recipient fares.
type Stats struct {
	Name, Kind string
	// Sent counts messages that were taken.
	Sent uint64
	// Failed counts attempts, Retried those that were not the first.
	Failed, Retried uint64
	// InARow are attempts that failed since something was sent last.
	InARow  uint64
	Dropped Dropped
	// Waiting are alerts in the queue.
	Waiting int
	// Failing: it failed several times in a row.
	Failing bool
	// LastError is of the latest attempt that failed, "" for none.
	LastError string
}

// Dropped counts the alerts that a recipient was not told of one by one, for each reason.
type Dropped struct {
	// QueueFull and Limited are told as a number.
	QueueFull, Limited uint64
	Refused, GaveUp    uint64
	Unsent             uint64
}

// Reasons lists the counts.
func (d *Dropped) Reasons() []telemetry.Counter {
	return []telemetry.Counter{
		{Name: "queue_full", Help: "alerts told as a number, as the recipient is too slow", Value: d.QueueFull},
		{Name: "limited", Help: "alerts told as a number, beyond the rate", Value: d.Limited},
		{Name: "refused", Help: "alerts that a recipient does not take", Value: d.Refused},
		{Name: "gave_up", Help: "alerts that a recipient did not take for too long", Value: d.GaveUp},
		{Name: "unsent", Help: "alerts that were not sent before the end", Value: d.Unsent},
	}
}
