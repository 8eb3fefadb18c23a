package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSummarize(t *testing.T) {
	t.Parallel()
	const passes = `{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"quiet\n"}
{"Action":"pass","Package":"p","Test":"TestA/one"}
{"Action":"pass","Package":"p","Test":"TestA","Elapsed":0.1}
{"Action":"pass","Package":"p","Elapsed":0.2}
`
	for _, c := range []struct {
		name, events string
		want         string // the last line
		shown        string
		err          string
	}{
		{name: "pass", events: passes, want: "1 passed, 0 failed, 0 skipped"},
		{
			name:   "skipped test",
			events: passes + `{"Action":"output","Package":"p","Test":"TestB","Output":"needs a server\n"}` + "\n" + `{"Action":"skip","Package":"p","Test":"TestB"}`,
			want:   "1 passed, 0 failed, 1 skipped", shown: "needs a server", err: "were skipped",
		},
		{name: "skipped subtest", events: passes + `{"Action":"skip","Package":"p","Test":"TestA/two"}`, want: "1 passed, 0 failed, 1 skipped", shown: "skipped: p TestA/two", err: "were skipped"},
		{name: "package without tests", events: passes + `{"Action":"skip","Package":"q"}`, want: "1 passed, 0 failed, 0 skipped"},
		{name: "nothing", events: `{"Action":"skip","Package":"q"}`, want: "0 passed, 0 failed, 0 skipped", err: "no test ran"},
		{
			name:   "failure",
			events: passes + `{"Action":"output","Package":"p","Test":"TestC","Output":"1 is not 2\n"}` + "\n" + `{"Action":"fail","Package":"p","Test":"TestC"}`,
			want:   "1 passed, 1 failed, 0 skipped", shown: "1 is not 2",
		},
		{
			name:   "panic leaves its test open",
			events: passes + `{"Action":"output","Package":"r","Test":"TestD","Output":"panic: index\n"}` + "\n" + `{"Action":"fail","Package":"r"}`,
			want:   "1 passed, 0 failed, 0 skipped", shown: "panic: index",
		},
		{name: "does not build", events: `{"Action":"build-output","ImportPath":"s","Output":"x.go:1: no\n"}`, want: "0 passed, 0 failed, 0 skipped", shown: "x.go:1: no", err: "no test ran"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			s, err := summarize(strings.NewReader(c.events), &out)
			require.NoError(t, err)
			s.print(&out)
			require.True(t, strings.HasSuffix(out.String(), c.want+"\n"), out.String())
			require.Contains(t, out.String(), c.shown)
			require.NotContains(t, out.String(), "quiet")
			if c.err == "" {
				require.NoError(t, s.err())
			} else {
				require.ErrorContains(t, s.err(), c.err)
			}
		})
	}
}

func TestSummarizeRefusesOtherText(t *testing.T) {
	t.Parallel()
	_, err := summarize(strings.NewReader("FAIL: no json"), new(strings.Builder))
	require.ErrorContains(t, err, "cannot read what go test writes")
}
