// Package replay plays a capture file as if it came in on an interface now: with its pace,
// or faster, and with the time of day.
package replay
