// Package packet turns the bytes of one captured frame into a [Packet]:
// addresses, ports, VLANs, tunnels, transport header and payload.
//
// A [Decoder] writes into memory that the caller owns and allocates nothing per
// packet. It never trusts a length on the wire: each is checked against the
// bytes left before a slice is taken. What cannot be decoded is answered with a
// [Reason], which the caller counts; the layers that were understood stay in the
// Packet.
package packet
