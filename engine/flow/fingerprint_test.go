package flow

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSYNShape(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		ttl     uint8
		window  uint16
		options string
		want    string
	}{
		"Linux":            {63, 64240, "\x02\x04\x05\xb4\x04\x02\x08\x0a\x00\x00\x00\x01\x00\x00\x00\x00\x01\x03\x03\x07", "64:1460:64240,7:mss,sok,ts,nop,ws"},
		"Windows":          {116, 65535, "\x02\x04\x05\xb4\x01\x03\x03\x08\x01\x01\x04\x02", "128:1460:65535,8:mss,nop,ws,nop,nop,sok"},
		"no options":       {255, 1024, "", "255:*:1024,*:"},
		"unknown option":   {30, 1, "\xfe\x04\x00\x00", "32:*:1,*:?254"},
		"end of options":   {64, 1, "\x02\x04\x02\x18\x00\x01\x01", "64:536:1,*:mss,eol"},
		"cut":              {64, 1, "\x01\x02\x04\x05", "64:*:1,*:nop,mss"},
		"zero length":      {64, 1, "\x02\x00\x02\x00", "64:*:1,*:mss"},
		"wrong MSS length": {64, 1, "\x02\x03\x05", "64:*:1,*:mss"},
		"more than fit":    {64, 1, "\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01", "64:*:1,*:nop,nop,nop,nop,nop,nop,nop,nop,nop,nop,nop,nop"},
	} {
		s := shapeOf(&packet.Packet{TTL: tt.ttl, Window: tt.window, TCPOptions: []byte(tt.options)})
		assert.Equal(t, tt.want, s.String(), name)
	}
}

// Flows with the same SYN share one text; a scanner that makes up SYNs cannot fill
// the memory.
func TestFingerprintsAreShared(t *testing.T) {
	t.Parallel()
	s, err := NewShard(Config{}, nil)
	require.NoError(t, err)
	syn := &packet.Packet{TTL: 64, Window: 1}
	assert.Same(t, s.fingerprint(syn), s.fingerprint(syn))
	for n := range 2 * maxShapes {
		s.fingerprint(&packet.Packet{TTL: 64, Window: uint16(n)}) //nolint:gosec // it fits
		require.LessOrEqual(t, len(s.shapes), maxShapes)
	}
}
