// Package notify tells recipients of alerts: a webhook, a syslog server, a mailbox, a
// command. Each has a queue and a goroutine of its own, so that one which fails or is slow
// holds up nobody else; what it was not told is counted.
package notify
