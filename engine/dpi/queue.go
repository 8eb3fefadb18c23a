package dpi

import "bytes"

// Message queues and financial or telecom messaging.

// dissectKafka finds requests of the Kafka protocol: size, API key and version,
// correlation id and a client id.
func dissectKafka(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if len(b) == 0 {
		return More
	}
	if b[0] > 0 {
		return No
	}
	if len(b) < 14 {
		return More
	}
	size, key, version := int(be32(b, 0)), be16(b, 4), be16(b, 6)
	client := int(int16(be16(b, 12))) //nolint:gosec // length, -1 for none
	const maxKey, maxVersion = 88, 20
	if size < 10 || size > 1<<20 || key > maxKey || version > maxVersion || client < -1 || client > 255 || client > size-10 {
		return No
	}
	if client > 0 {
		if 14+client > len(b) {
			return More
		}
		if !printable(b[14 : 14+client]) {
			return No
		}
		return Yes
	}
	if f.HasPort(9092) {
		return Yes
	}
	return No
}

// dissectAMQP finds the protocol header of AMQP 0-9-1 and 1.0, or a method frame.
func dissectAMQP(f *Flow) Verdict {
	const frameEnd = 0xce
	b := f.Payload
	if v := prefixVerdict(b, "AMQP"); v != No {
		return v
	}
	if b[0] < 1 || b[0] > 8 {
		return No
	}
	if len(b) < 12 {
		return More
	}
	size := int(be32(b, 3))
	if size < 4 || size > 1<<17 {
		return No
	}
	class, method := be16(b, 7), be16(b, 9)
	known := class%10 == 0 && class >= 10 && class <= 120 && method > 0 && method <= 120
	if b[0] == 1 && known && 7+size < len(b) && b[7+size] == frameEnd {
		return Yes
	}
	return No
}

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

// dissectNATS finds the server's INFO line or a client's CONNECT, PUB, SUB or PING.
func dissectNATS(f *Flow) Verdict {
	b := f.Payload
	for _, word := range [...]string{"INFO {", "CONNECT {", "+OK\r\n", "PING\r\n", "PONG\r\n", "SUB ", "PUB ", "MSG ", "-ERR '"} {
		if hasPrefix(b, word) && (word == "INFO {" || word == "CONNECT {" || f.HasPort(4222)) {
			return Yes
		}
	}
	if len(b) < 9 && (prefixVerdict(b, "INFO {") == More || prefixVerdict(b, "CONNECT {") == More) {
		return More
	}
	return No
}

// dissectZMTP finds the ZeroMQ greeting (RFC 23/ZMTP 3.0, section 2).
func dissectZMTP(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0xff {
		return No
	}
	if len(b) < 10 {
		return More
	}
	if be32(b, 1) != 0 || be16(b, 5) != 0 || b[9] != 0x7f {
		return No
	}
	return Yes
}

// dissectFIX finds tag-value messages (FIX 4.0 to FIXT 1.1): "8=FIX" and a body length,
// and the session-layer variants that begin with "8=O".
func dissectFIX(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "8="); v != Yes {
		return v
	}
	if len(b) < 8 {
		return More
	}
	if hasPrefix(b, "8=FIX") || b[3] == 1 && hasPrefix(b[4:], "9=") {
		return Yes
	}
	return No
}

// dissectHL7 finds the minimal lower layer framing and a message header segment.
func dissectHL7(f *Flow) Verdict {
	for _, start := range [...]string{"\x0bMSH|", "\x0bFHS|", "\x0bBHS|"} {
		if v := prefixVerdict(f.Payload, start); v != No {
			return v
		}
	}
	return No
}

// dissectSMPP finds the header of SMPP 3.3 to 5.0 (section 3.2): length, command id,
// status and sequence number.
func dissectSMPP(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0 {
		return No
	}
	if len(b) < 16 {
		return More
	}
	size, command, status, sequence := int(be32(b, 0)), be32(b, 4), be32(b, 8), be32(b, 12)
	id := command &^ 0x80000000
	known := id == 0 || id >= 1 && id <= 11 || id == 0x15 || id == 0x21 || id == 0x102 || id == 0x103 || id >= 0x111 && id <= 0x113
	request := command == id
	if !known || size < 16 || size > 1<<16 || request && status != 0 || status > 0x4ff || sequence == 0 || size > len(b)+1460 {
		return No
	}
	return smppBody(b, id, size, request)
}

// smppBody checks lengths that are fixed and the text that a bind begins with.
func smppBody(b []byte, id uint32, size int, request bool) Verdict {
	const enquire, unbind, receiver, transmitter, transceiver = 0x15, 6, 1, 2, 9
	switch id {
	case enquire, unbind:
		if size == 16 {
			return Yes
		}
		return No
	case receiver, transmitter, transceiver:
		name, _, found := bytes.Cut(b[16:min(len(b), 16+17)], []byte{0})
		if found && printable(name) {
			return Yes
		}
		return No
	}
	if request && size < 20 && id != 0 {
		return No
	}
	return Yes
}
