package dpi

// dissectMQTT finds CONNECT and its answer (MQTT 3.1.1 and 5.0, section 3.1), or, on the
// usual port, any packet that is consistent.
func dissectMQTT(f *Flow) Verdict {
	const connect, connack = 0x10, 0x20
	b := f.Payload
	if len(b) < 2 {
		return More
	}
	size, n := varint(b[1:])
	if n == 0 || n > 4 {
		return No
	}
	body := b[1+n:]
	switch {
	case b[0] == connect:
		if v := mqttConnect(body); v != No {
			return v
		}
		return No
	case b[0] == connack && (size == 2 || size > 2 && size < 256) && f.Dir == FromServer:
		if len(body) >= 2 && body[0] <= 1 && (body[1] <= 5 || body[1] >= 0x80) {
			return Yes
		}
		return No
	}
	if f.StartSeen && !f.HasPort(1883) {
		return No
	}
	return mqttPacket(f, b, int(size), n) //nolint:gosec // at most four varint bytes
}

func mqttConnect(body []byte) Verdict {
	for _, name := range [...]string{"\x00\x04MQTT", "\x00\x06MQIsdp"} {
		if v := prefixVerdict(body, name); v != No {
			return v
		}
	}
	return No
}

type mqttState struct{ good int }

// mqttPacket asks for several consistent packets of a conversation whose start was not
// seen.
func mqttPacket(f *Flow, b []byte, size, n int) Verdict {
	kind, flags := b[0]>>4, b[0]&15
	fixed := kind == 6 || kind == 8 || kind == 10
	if kind == 0 || kind == 15 || fixed && flags != 2 || !fixed && kind != 3 && flags != 0 || kind == 3 && flags&6 == 6 {
		return No
	}
	if (kind == 12 || kind == 13 || kind == 14) && size != 0 || kind >= 4 && kind <= 7 && size < 2 || size > 1<<16 || 1+n+size > len(b)+1<<14 {
		return No
	}
	s, _ := f.State().(*mqttState)
	if s == nil {
		s = new(mqttState)
		f.SetState(s)
	}
	s.good++
	if s.good >= 4 || f.HasPort(1883) && s.good >= 2 {
		return Yes
	}
	return More
}
