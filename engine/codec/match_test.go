package codec

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	r := rowOf(t, field.Flow, map[string]func(*field.Value){
		"srv_port": uintValue(443), "cli_ip": addr("192.0.2.7"), "srv_ip": addr("2001:db8::1"), "server_name": text("www.Example.org"),
		"first_seen": intValue(noon.UnixNano()), "duration": intValue(1_500_000_000),
		"risks":   func(v *field.Value) { v.SetList([]string{"Known Proto on Non Std Port", "Susp DGA"}) },
		"cli_mac": func(v *field.Value) { v.SetMAC([6]byte{2, 0, 0, 0, 0, 0xab}) },
	})
	for _, c := range []struct {
		key, value string
		want       bool
	}{
		{"srv_port", "443", true},
		{"srv_port", "80", false},
		{"srv_port!", "80", true},
		{"srv_port!", "443", false},
		{"srv_port>", "443", true},
		{"srv_port>", "444", false},
		{"srv_port<", "443", true},
		{"srv_port<", "442", false},
		{"cli_ip", "192.0.2.7", true},
		{"cli_ip", "::ffff:192.0.2.7", true},
		{"cli_ip", "192.0.2.8", false},
		{"cli_ip", "192.0.2.0/24", true},
		{"cli_ip!", "192.0.2.0/24", false},
		{"srv_ip", "2001:db8::/32", true},
		{"srv_ip", "192.0.2.0/24", false},
		{"server_name", "www.Example.org", true},
		{"server_name", "example", false},
		{"server_name~", "example", true},
		{"server_name~", "sample", false},
		{"first_seen>", "2026-05-01T12:00:00Z", true},
		{"first_seen>", "2026-05-01T14:00:01+02:00", false},
		{"first_seen<", "2026-05-01T12:00:00.5Z", true},
		{"duration>", "1.5", true},
		{"duration<", "1.4", false},
		{"risks", "Susp DGA", true},
		{"risks", "DGA", false},
		{"risks~", "dga", true},
		{"cli_mac", "02:00:00:00:00:AB", true},
		{"cli_mac~", "00:ab", true},
		{"tls_version", "TLSv1.3", false}, // the row has none
		{"tls_version!", "TLSv1.3", true},
		{"tls_version~", "", false},
	} {
		m, err := ParseMatch(field.Flow, c.key, c.value)
		require.NoError(t, err, "%s=%s", c.key, c.value)
		var v field.Value
		require.Equal(t, c.want, m.Holds(r, &v), "%s=%s", c.key, c.value)
	}
}

func TestMatchOfOtherKinds(t *testing.T) {
	t.Parallel()
	r := rowOf(t, field.Host, map[string]func(*field.Value){
		"is_local": func(v *field.Value) { v.SetBool(true) }, "throughput": floatValue(2.5),
	})
	var v field.Value
	for key, value := range map[string]string{"is_local": "true", "is_local!": "false", "throughput": "2.5", "throughput>": "2.4", "throughput<": "2.6"} {
		m, err := ParseMatch(field.Host, key, value)
		require.NoError(t, err)
		require.True(t, m.Holds(r, &v), key)
	}
}

func TestMatchRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ key, value, want string }{
		{"colour", "red", `there is no flow field "colour"`},
		{"srv_port", "x", "cannot filter by srv_port=x: this is no value of kind uint16, which is written as a whole number: 443"},
		{"srv_port", "-1", "this is no value"},
		{"cli_ip", "nowhere", "this is no value of kind ip"},
		{"first_seen", "yesterday", "written as 2026-01-02T15:04:05Z"},
		{"duration", "5s", "written as seconds: 2.5"},
		{"bytes>1000", "", "cannot filter by bytes>1000: the conditions are =, !=, >=, <= and ~="},
		{"server_name>", "a", "has no such order or part"},
		{"cli_ip<", "192.0.2.1", "has no such order or part"},
		{"srv_port~", "4", "has no such order or part"},
	} {
		_, err := ParseMatch(field.Flow, c.key, c.value)
		require.ErrorContains(t, err, c.want)
	}
}
