package dpi

import "bytes"

// dissectMinecraft finds the Java edition (Minecraft Java edition protocol,
// "Handshaking" and "Server list ping"): its handshake, the pings of clients before
// version 1.7, and the worlds that players open to their network.
func dissectMinecraft(f *Flow) Verdict {
	if f.carrier == overUDP {
		return prefixVerdict(f.Payload, "[MOTD]")
	}
	b := f.Stream(FromClient)
	switch {
	case len(b) == 0:
		return More
	case b[0] == 0xfe:
		return minecraftLegacy(f, b)
	default:
		return minecraftHandshake(f, b)
	}
}

// minecraftLegacy finds "MC|PingHost" in UTF-16; older clients send 0xfe alone or 0xfe01.
func minecraftLegacy(f *Flow, b []byte) Verdict {
	const ping = "\xfe\x01\xfa\x00\x0b\x00M\x00C\x00|\x00P\x00i\x00n\x00g\x00H\x00o\x00s\x00t"
	v := prefixVerdict(b, ping)
	if v == More && len(b) <= 2 && f.HasPort(25565) {
		return Yes
	}
	return v
}

// minecraftHandshake reads length, id 0, version, host, port, next state.
func minecraftHandshake(f *Flow, b []byte) Verdict {
	const shortest, longest, tail, lastState = 8, 1024, 3, 3
	size, n := varint(b)
	if n == 0 || n > 2 || size < shortest || size > longest || len(b) > n && b[n] != 0 {
		return No
	}
	if uint64(len(b)-n) < size { //nolint:gosec // n is not beyond the end
		return More
	}
	message := b[n+1 : n+int(size)] //nolint:gosec // size below longest
	version, m := varint(message)
	if m == 0 || version > 1<<32-1 {
		return No
	}
	host, h := varint(message[m:])
	if h == 0 || host == 0 || int(size) != 1+m+h+int(host)+tail { //nolint:gosec // a host longer than longest gives another sum
		return No
	}
	end := len(message) - tail
	name, _, _ := bytes.Cut(message[m+h:end], []byte{0}) // mods add their own behind
	if next := message[end+2]; next == 0 || next > lastState || !printable(name) {
		return No
	}
	f.SetServerName(name)
	return Yes
}
