// Package codec writes rows of the field catalogue as JSON lines, CSV, an Arrow
// IPC stream or a table for people. It knows the catalogue, no concrete record
// and no socket: a [Row] gives its values field by field.
//
// A writer is a chain: [Sorted] in front of [JSON], [CSV], [Arrow] or [Table].
// Strings come from the wire, so every format repairs invalid UTF-8 (each wrong
// byte becomes U+FFFD), and the table also replaces what would move a cursor.
package codec
