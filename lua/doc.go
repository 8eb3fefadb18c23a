// Package lua runs checks written in Lua 5.1 (gopher-lua). The script body is the
// check: it runs once for each host, flow, network or interface, and asks about it with the
// functions of ntopng's API (host.ip(), flow.l7_proto_name() ...) or, for any field of
// the catalogue, with the function of that name (flow.tls_ja4()). Globals persist from
// run to run.
//
// A script cannot do harm: it has no files, no network and no way to load code; its
// time, its stack and its strings are bounded.
package lua
