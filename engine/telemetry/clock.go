package telemetry

// Clock is packet time: the highest capture time seen so far, which never goes
// back whatever order packets come in. The zero value has seen nothing.
type Clock struct {
	now     int64
	started bool
}

// Observe tells the clock of a packet captured at t, in nanoseconds since the
// Unix epoch, and returns the time that it is now.
func (c *Clock) Observe(t int64) int64 {
	if t > c.now || !c.started {
		c.now, c.started = t, true
	}
	return c.now
}

// Now returns the time in nanoseconds since the Unix epoch, 0 before the first
// packet.
func (c *Clock) Now() int64 { return c.now }
