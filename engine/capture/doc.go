// Package capture brings frames into the engine. A [Source] fills batches of
// frames in memory that the batch owns, so that a stage downstream can work on
// one batch while the next is being read.
//
// [Open] reads a pcap or pcapng file, also compressed with gzip or zstd, and
// "-" as standard input; [OpenAll] reads several as one. A damaged file yields
// every frame before the damage, which [Source].Damage then names. Lengths in a
// file are claims: memory is taken for bytes that have arrived, never for bytes
// that a header announces.
//
// Sources that go on until they are told to end are [Live]: the interfaces of packages
// afpacket and libpcap, the replays of package replay. [Join] makes one of several.
package capture
