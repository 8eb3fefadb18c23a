// Package check is the contract between the engine and its users' logic: what a check
// is, when it runs, what it may say, and what it may cost. Checks are written in Go
// here, or in a scripting language by a runtime package; the engine does not know
// which. A check never changes what it looks at: it raises findings.
package check
