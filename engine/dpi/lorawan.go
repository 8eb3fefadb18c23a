package dpi

// dissectLoRaWAN finds the protocol between LoRaWAN gateways and their server (Semtech
// packet forwarder, "PROTOCOL.TXT"): version 1 or 2, token, identifier; then the gateway's
// number, if it speaks, and JSON.
func dissectLoRaWAN(f *Flow) Verdict {
	const pushData, pushAck, pullData, pullResp, pullAck, txAck = 0, 1, 2, 3, 4, 5
	const header, gateway = 4, 12
	b := f.Payload
	if len(b) < header || b[0] != 1 && b[0] != 2 {
		return No
	}
	known, n := f.HasPort(1700) || f.HasPort(1680), f.PayloadLen
	switch b[3] {
	case pushData:
		return yesIf(known && n > gateway && at8(b, gateway) == '{' || loraJSON(b, gateway))
	case pullResp:
		return yesIf(known && n > header && at8(b, header) == '{' || loraJSON(b, header))
	case pullData:
		return yesIf(known && n == gateway)
	case txAck:
		return yesIf(known && (n == gateway || n > gateway && at8(b, gateway) == '{'))
	case pushAck, pullAck:
		return yesIf(known && n == header)
	default:
		return No
	}
}

// loraJSON reports the objects that the protocol knows.
func loraJSON(b []byte, at int) bool {
	for _, object := range [...]string{`{"rxpk":`, `{"stat":`, `{"txpk":`} {
		if len(b) > at && hasPrefix(b[at:], object) {
			return true
		}
	}
	return false
}
