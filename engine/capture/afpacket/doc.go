// Package afpacket captures from the network interfaces of Linux, through packet
// sockets with a ring of memory that kernel and program share (TPACKET_V3, see the
// kernel's Documentation/networking/packet_mmap.rst). It needs no cgo.
package afpacket
