// Package dpi tells which protocol and application a flow carries, and what it
// says of itself: names, versions, fingerprints, risks.
//
// Each protocol stands in one file: a [Dissector], a pure function over what the
// flow has shown so far, with its source (RFC or public description). The
// registry tables (table_*.go) hold name, category, breed, default ports and
// dissector. A [Detector] runs the dissectors of a flow's transport over its
// first packets, drops each that says [No], and is done at the first [Yes].
// Work and memory for each flow are bounded: see [MaxPackets] and [MaxBuffered].
//
// Applications get their names from the lists in data/: server names and
// addresses, one a line, which are compiled into the binary. The user's own go on
// top with [Rules].
package dpi

//go:generate go run ../../internal/protogen -o ../../docs/protocols.md
