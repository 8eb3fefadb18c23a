package dpi

// Bitcoin: the developer reference's "P2P Network", "Message Headers"
// (developer.bitcoin.org). Its offspring has the same headers.

// dissectBitcoin finds a message header: a network's magic, a command padded with zeros,
// the payload's size.
func dissectBitcoin(f *Flow) Verdict {
	const header, longest = 24, 32 << 20
	b := f.Payload
	if len(b) < 4 {
		return More
	}
	if !bitcoinMagic(be32(b, 0)) {
		return No
	}
	if len(b) < header {
		return More
	}
	if !bitcoinCommand(b[4:16]) || le32(b, 16) > longest {
		return No
	}
	return Yes
}

func bitcoinMagic(m uint32) bool {
	switch m {
	case 0xf9beb4d9, 0x0b110907, 0xfabfb5da: // main, test and regression network
		return true
	case 0x0a03cf40, 0x1c163f28, 0xe3e1f3e8: // signet, fourth test network, Bitcoin Cash
		return true
	case 0xfbc0b6db, 0xf9beb4fe, 0xbf0c6bbd, 0xc0c0c0c0: // Litecoin, Namecoin, Dash, Dogecoin
		return true
	default:
		return false
	}
}

func bitcoinCommand(b []byte) bool {
	n := 0
	for n < len(b) && (b[n] >= 'a' && b[n] <= 'z' || b[n] >= '0' && b[n] <= '9') {
		n++
	}
	for _, c := range b[n:] {
		if c != 0 {
			return false
		}
	}
	return n > 0 && n < len(b)
}
