package engine

import (
	"encoding/json"
	"time"
)

// summaryObject is the JSON form of the summary.
type summaryObject struct {
	Packets    uint64            `json:"packets"`
	Bytes      uint64            `json:"bytes"`
	IPPackets  uint64            `json:"ip_packets"`
	IPBytes    uint64            `json:"ip_bytes"`
	Flows      uint64            `json:"flows"`
	Hosts      int               `json:"hosts"`
	FirstSeen  *time.Time        `json:"first_seen,omitempty"`
	LastSeen   *time.Time        `json:"last_seen,omitempty"`
	Duration   float64           `json:"duration"`
	TopTalkers []talker          `json:"top_talkers"`
	Dropped    map[string]uint64 `json:"dropped"`
	Damage     []string          `json:"damage,omitempty"`
	Notes      []string          `json:"notes,omitempty"`
}

type talker struct {
	IP        string `json:"ip"`
	VLAN      uint16 `json:"vlan_id"`
	BytesSent uint64 `json:"bytes_sent"`
	BytesRcvd uint64 `json:"bytes_rcvd"`
}

// MarshalJSON writes the summary as one object: times in RFC 3339, the duration in
// seconds, of the counters those that are not zero.
func (s *Summary) MarshalJSON() ([]byte, error) {
	o := summaryObject{
		Packets: s.Packets, Bytes: s.Bytes, IPPackets: s.IPPackets, IPBytes: s.IPBytes, Flows: s.Flows, Hosts: s.Hosts,
		Duration: s.Last.Sub(s.First).Seconds(), TopTalkers: []talker{}, Dropped: make(map[string]uint64), Notes: s.Notes,
	}
	if s.Packets > 0 {
		o.FirstSeen, o.LastSeen = &s.First, &s.Last
	}
	for _, h := range s.TopTalkers {
		o.TopTalkers = append(o.TopTalkers, talker{h.Addr.Netip().String(), h.VLAN, h.BytesSent, h.BytesRcvd})
	}
	for _, c := range s.Counters {
		if c.Value > 0 {
			o.Dropped[c.Name] = c.Value
		}
	}
	for _, d := range s.Damage {
		o.Damage = append(o.Damage, d.Error())
	}
	return json.Marshal(o) //nolint:wrapcheck // numbers and texts
}
