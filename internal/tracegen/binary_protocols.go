package tracegen

import "time"

// MQTT connects, subscribes to a topic, publishes values to it which the server
// sends back, pings, and disconnects (MQTT 3.1.1).
func MQTT(clientID, topic string, values ...string) Exchange {
	connect := append(mqttString(nil, "MQTT"), 4, 2, 0, 60)
	messages := []Message{
		mqtt(false, 0x10, mqttString(connect, clientID)),
		mqtt(true, 0x20, []byte{0, 0}),
		mqtt(false, 0x82, append(mqttString([]byte{0, 1}, topic), 0)),
		mqtt(true, 0x90, []byte{0, 1, 0}),
	}
	for _, v := range values {
		body := append(mqttString(nil, topic), v...)
		messages = append(messages, mqtt(false, 0x30, body).After(2*time.Second), mqtt(true, 0x30, body))
	}
	return Script(append(messages,
		mqtt(false, 0xc0, nil), mqtt(true, 0xd0, nil), mqtt(false, 0xe0, nil))...)
}

// mqtt is a control packet. The bodies here are shorter than 128 bytes, so the
// length takes one byte.
func mqtt(fromServer bool, kind byte, body []byte) Message {
	return Message{FromServer: fromServer, Data: append([]byte{kind, byte(len(body))}, body...)}
}

func mqttString(b []byte, s string) []byte { return append(be16(b, len(s)), s...) }

// NTP is one client query of NTP version 4 and the answer (RFC 5905, section 7.3).
func NTP(at time.Time) Exchange {
	query := append([]byte{0x23, 0, 6, 0xec}, make([]byte, 36)...)
	query = ntpTime(query, at)
	reply := append([]byte{0x24, 2, 6, 0xec, 0, 0, 1, 0, 0, 0, 2, 0}, 192, 0, 2, 123)
	reply = ntpTime(reply, at.Add(-time.Minute))
	reply = ntpTime(reply, at)
	reply = ntpTime(reply, at.Add(10*time.Millisecond))
	reply = ntpTime(reply, at.Add(10*time.Millisecond))
	return Script(Message{Data: query}, Message{FromServer: true, Data: reply})
}

// ntpTime appends a time stamp of 64 bits, counted from 1900.
func ntpTime(b []byte, t time.Time) []byte {
	const unixEpoch = 2208988800
	b = be32(b, uint32(t.Unix()+unixEpoch))
	return be32(b, uint32(uint64(t.Nanosecond())<<32/1e9))
}

// SNMP asks for sysDescr by SNMPv2c and gets descr (RFC 3416).
func SNMP(community, descr string) Exchange {
	sysDescr := ber(0x06, []byte{0x2b, 6, 1, 2, 1, 1, 1, 0})
	return Script(
		Message{Data: snmp(community, 0xa0, ber(0x30, sysDescr, ber(0x05)))},
		Message{FromServer: true, Data: snmp(community, 0xa2, ber(0x30, sysDescr, ber(0x04, []byte(descr))))},
	)
}

func snmp(community string, pdu byte, binding []byte) []byte {
	zero := ber(0x02, []byte{0})
	return ber(0x30,
		ber(0x02, []byte{1}), // version 2c
		ber(0x04, []byte(community)),
		ber(pdu, ber(0x02, []byte{0x12, 0x34, 0x56, 0x78}), zero, zero, ber(0x30, binding)))
}

// ber is an element of ASN.1's basic encoding rules (X.690, section 8.1).
func ber(tag byte, parts ...[]byte) []byte {
	var body []byte
	for _, p := range parts {
		body = append(body, p...)
	}
	if len(body) < 0x80 {
		return append([]byte{tag, byte(len(body))}, body...)
	}
	return append(be16([]byte{tag, 0x82}, len(body)), body...)
}
