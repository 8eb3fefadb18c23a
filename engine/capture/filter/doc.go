// Package filter keeps the frames of a capture.Source that match a pcap filter
// expression. Expressions are compiled to classic BPF elsewhere (package libpcap,
// which needs cgo); here programs are verified and run, in Go and without
// allocation.
package filter
