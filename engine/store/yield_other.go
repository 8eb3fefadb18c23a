//go:build !linux

package store

// yieldToOthers does nothing where threads have no priority of their own.
func yieldToOthers() {}
