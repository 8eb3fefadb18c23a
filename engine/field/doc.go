// Package field is the field catalogue: every attribute of a flow, a host and an
// interface, declared once.
//
// A [Field] carries the name that users type in every face of Flowloom (JSON,
// CSV, SQL, Lua, JavaScript, Python), its type, unit and meaning, and the names
// that other systems give it (IPFIX information element, ntopng column). The
// package that owns the record (engine/flow, engine/host) fills the value; the
// codecs and generators read this table and know no attribute by name.
//
// To add an attribute: add one entry to the catalogue here, and the one line
// that fills it beside the record. Then run `go generate ./engine/field`.
package field

//go:generate go run ../../internal/fieldgen -docs ../../docs
