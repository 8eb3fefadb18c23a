package dpi

// dissectOICQ finds the datagrams of Tencent QQ's desktop clients (as Wireshark documents
// them): 2, client version, command, sequence, the user's number, then what is encrypted,
// 3. The version that most clients had tells on any port.
func dissectOICQ(f *Flow) Verdict {
	const header, start, end, usual, lastCommand = 11, 0x02, 0x03, 0x3b0b, 0x0400
	b := f.Payload
	if len(b) < header || b[0] != start {
		return No
	}
	version, command := be16(b, 1), be16(b, 3)
	switch {
	case version == 0 || command == 0 || command > lastCommand:
		return No
	case version == usual && oicqCommand(command):
		return Yes
	default:
		return yesIf(f.HasPort(8000) && len(b) == f.PayloadLen && len(b) > header && b[len(b)-1] == end)
	}
}

// oicqCommand reports the commands that are documented.
func oicqCommand(command uint16) bool {
	const lastLow, updateInfo = 0xb5, 0x03f7
	return command <= lastLow || command == updateInfo
}
