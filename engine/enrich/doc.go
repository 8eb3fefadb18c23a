// Package enrich answers what the user's files say of an address, a name, a MAC
// address or a fingerprint: where it is, whose it is, and which lists have it.
//
// [Open] reads the files into memory. Lookups take whatever was read last, without
// a lock; they are cheap enough for each host and flow, but not meant for each
// packet. [Enricher.Refresh] reads what changed on disk and swaps it in;
// [Enricher.Watch] does so again and again. A file that cannot be read any more
// leaves what was read from it before.
//
// Formats are recognised by their content: see docs/enrichment.md.
package enrich
