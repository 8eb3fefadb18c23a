package dpi

// Ethereum's devp2p specifications (github.com/ethereum/devp2p): "Node Discovery Protocol
// v4" over UDP, "The RLPx Transport Protocol" over TCP.

// dissectEthereum finds discovery packets, and the handshake on the usual port: it is
// encrypted from its third byte on.
func dissectEthereum(f *Flow) Verdict {
	if f.carrier == overUDP {
		if ethereumDiscovery(f) {
			return Yes
		}
		return No
	}
	if !ethereumPort(f.SrvPort) && !ethereumPort(f.CliPort) {
		return No
	}
	return ethereumHandshake(f.Stream(FromClient))
}

// ethereumDiscovery reports a hash, a signature with its recovery id, a packet's type and
// a list that ends within the datagram.
func ethereumDiscovery(f *Flow) bool {
	const recovery, kind, list, lastKind = 96, 97, 98, 6
	b := f.Payload
	if len(b) <= list || b[recovery] > 1 || b[kind] < 1 || b[kind] > lastKind {
		return false
	}
	end := list + 1
	switch first := b[list]; { // RLP: the size, or the number of bytes of the size
	case first < 0xc0:
		return false
	case first < 0xf8:
		end += int(first - 0xc0)
	case first == 0xf8:
		end += 1 + int(at8(b, list+1))
	case first == 0xf9:
		end += 2 + int(be16(b, list+1))
	default:
		return false
	}
	return end <= f.PayloadLen
}

// ethereumPort reports the usual port and those behind it, where a host runs several nodes.
func ethereumPort(port uint16) bool {
	const usual, nodes = 30303, 10
	return port >= usual && port < usual+nodes
}

// ethereumHandshake asks for the initiator's message: a size (EIP-8) and the key that
// encrypts it, an uncompressed point; before EIP-8 the key alone, in 307 bytes.
func ethereumHandshake(b []byte) Verdict {
	const point, plain, shortest, longest = 4, 307, 194, 1024
	if len(b) < 3 {
		return More
	}
	if b[0] == point {
		if len(b) < plain {
			return More
		}
		if len(b) == plain {
			return Yes
		}
		return No
	}
	size := int(be16(b, 0))
	if size < shortest || size >= longest || b[2] != point {
		return No
	}
	if len(b) < shortest {
		return More
	}
	return Yes
}
