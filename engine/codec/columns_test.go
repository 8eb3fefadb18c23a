package codec

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

func names(c Columns) []string {
	var all []string
	for _, f := range c.Fields {
		all = append(all, f.Name)
	}
	return all
}

func TestSelect(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		given []string
		want  []string
	}{
		{"in the order of the names", []string{"bytes", "cli_ip"}, []string{"bytes", "cli_ip"}},
		{"each once", []string{"cli_ip", "cli_*p", "cli_ip"}, []string{"cli_ip"}},
		{"trailing glob in catalogue order", []string{"cli2srv_len_*"}, []string{"cli2srv_len_min", "cli2srv_len_mean", "cli2srv_len_max", "cli2srv_len_stddev"}},
		{"leading glob", []string{"*_rtt", "bytes"}, []string{"cli_rtt", "srv_rtt", "bytes"}},
		{"spaces around", []string{" bytes "}, []string{"bytes"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := Select(field.Flow, tt.given)
			require.NoError(t, err)
			require.Equal(t, tt.want, names(c))
			for i, at := range c.Index {
				require.Equal(t, c.Fields[i], field.Of(field.Flow)[at])
			}
		})
	}
}

func TestSelectAll(t *testing.T) {
	t.Parallel()
	for _, scope := range field.Scopes() {
		c, err := Select(scope, nil)
		require.NoError(t, err)
		require.Equal(t, field.Of(scope), c.Fields)
		require.Equal(t, c, c.inCatalogueOrder())
	}
}

func TestSelectUnknown(t *testing.T) {
	t.Parallel()
	tests := []struct{ given, want string }{
		{"cli_pi", "did you mean cli_ip"},
		{"byte", "did you mean bytes"},
		{"retransmissions", "did you mean cli2srv_retransmissions, srv2cli_retransmissions?"},
		{"community", "did you mean community_id?"},
		{"cli2src_*", "docs/fields.md"},
		{"colour_of_the_cable", "docs/fields.md"},
		{"", "docs/fields.md"},
		{"[", "docs/fields.md"},
		{strings.Repeat("x", 1<<20), "docs/fields.md"},
	}
	for _, tt := range tests {
		c, err := Select(field.Flow, []string{"bytes", tt.given})
		require.ErrorContains(t, err, tt.want)
		require.ErrorContains(t, err, "no flow field")
		require.Empty(t, c.Fields)
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	for _, scope := range field.Scopes() {
		c, err := Select(scope, Defaults(scope))
		require.NoError(t, err)
		require.Equal(t, Defaults(scope), names(c))
	}
}
