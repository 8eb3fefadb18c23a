// Package libpcap captures from what libpcap can capture from: network interfaces of any
// system that it knows, and on Linux "any", which is all of them. It needs cgo, and takes
// more time for a frame than package afpacket.
package libpcap
