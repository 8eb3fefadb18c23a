// Package telemetry holds what every stage uses to tell its user how it fares:
// counters of what was dropped or rejected and why, a log handler that stays
// quiet about the thousandth repetition, and the clock of packet time.
package telemetry
