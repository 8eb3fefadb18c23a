package surface_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/bindings/surface"
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/internal/tracegen"
)

// office writes the office's capture, its first packets only if some are given, and returns its path.
func office(t testing.TB, first ...int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "office.pcap")
	for _, s := range tracegen.Scenarios() {
		if s.Name != "office" {
			continue
		}
		frames, err := s.Frames(tracegen.Options{})
		require.NoError(t, err)
		var b bytes.Buffer
		var w *capture.Writer
		n := 0
		for f := range frames {
			if len(first) > 0 && n == first[0] {
				break
			}
			n++
			if w == nil {
				w = capture.NewWriter(&b, f.Link)
			}
			require.NoError(t, w.WriteFrame(f))
		}
		require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	}
	return path
}

// drain reads to the end, answers questions with ask, and returns how many flows came.
func drain(t *testing.T, s *surface.Session, ask func(*surface.Question)) int64 {
	t.Helper()
	var n int64
	for {
		e, err := s.Next(-1)
		if errors.Is(err, io.EOF) {
			return n
		}
		require.NoError(t, err)
		if e.Question != nil {
			ask(e.Question)
			e.Question.Done()
			continue
		}
		n += e.Batch.NumRows()
		e.Batch.Release()
	}
}

func open(t *testing.T, o surface.Options, alloc memory.Allocator) *surface.Session {
	t.Helper()
	s, err := surface.Open(o, surface.Leaves{Memory: alloc})
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s
}

// Everything that there is can be asked for, and all memory comes back.
func TestSession(t *testing.T) {
	t.Parallel()
	alloc := memory.NewCheckedAllocator(memory.DefaultAllocator)
	defer alloc.AssertSize(t, 0)
	s := open(t, surface.Options{Sources: []string{office(t)}, Checks: []string{"shipped"}, Columns: []string{"cli_ip", "bytes"}, BatchRows: 100}, alloc)
	assert.Equal(t, 2, s.Schema(field.Flow).NumFields())
	assert.Equal(t, int64(437), drain(t, s, nil))
	_, err := s.Next(time.Millisecond)
	require.ErrorIs(t, err, io.EOF, "the end stays the end")
	for scope, least := range map[field.Scope]int64{field.Host: 51, field.Interface: 1, field.Protocol: 10, field.Alert: 5, field.Flow: 0} {
		b, err := s.Rows(scope)
		require.NoError(t, err)
		assert.GreaterOrEqual(t, b.NumRows(), least, scope)
		b.Release()
	}
	text, err := s.Summary()
	require.NoError(t, err)
	assert.Contains(t, string(text), `"flows":437`)
	text, err = s.Costs()
	require.NoError(t, err)
	assert.Contains(t, string(text), `"name":"port_scan"`)
	packets, done, total := s.Progress()
	assert.Equal(t, uint64(11251), packets)
	assert.Equal(t, done, total)
	assert.False(t, s.Live() || s.Interrupted())
	s.Close()
	s.Close()
	_, err = s.Rows(field.Host)
	require.ErrorIs(t, err, surface.ErrClosed)
	_, err = s.Next(-1)
	require.ErrorIs(t, err, surface.ErrClosed)
}

// A time that is shorter than any is not the default.
func TestShortTimeouts(t *testing.T) {
	t.Parallel()
	o, err := surface.ParseOptions([]byte(`{"idle_timeout": 1e-12}`))
	require.NoError(t, err)
	o.Sources = []string{office(t)}
	assert.Greater(t, drain(t, open(t, o, nil), nil), int64(10_000), "nearly each packet is a flow")
}

// A check of the caller's sees columns, raises, skips and fails.
func TestQuestions(t *testing.T) {
	t.Parallel()
	var hosts, flows int
	var kept *surface.Question
	s := open(t, surface.Options{Sources: []string{office(t)}, NoFlows: true, Functions: []surface.Function{
		{Name: "once", Hooks: []string{"host"}}, {Name: "web", Language: "C", Hooks: []string{"flow_end"}},
	}}, nil)
	n := drain(t, s, func(q *surface.Question) {
		if kept = q; q.Function == 0 {
			hosts += q.Rows()
			for i := range q.Rows() {
				require.NoError(t, q.Skip(i, 1<<62))
			}
			require.Error(t, q.Skip(q.Rows(), 1), "there is no such row")
			return
		}
		flows += q.Rows()
		b, err := q.Columns("srv_port", "srv_ip")
		require.NoError(t, err)
		ports := b.Column(0).(*array.Uint16) //nolint:forcetypeassert // the catalogue says so
		for i := range q.Rows() {
			switch ports.Value(i) {
			case 80:
				require.NoError(t, q.Alert(i, 60, "web"))
			case 53:
				require.NoError(t, q.Fail(i, "no names"))
			}
		}
		b.Release()
		_, err = q.Columns("no_such_field")
		require.Equal(t, surface.Usage, surface.KindOf(err))
	})
	assert.Zero(t, n, "flows were not wanted")
	assert.Equal(t, 51, hosts, "each host once")
	assert.Equal(t, 437, flows)
	require.Error(t, kept.Alert(0, 1, "late"))
	for _, score := range []int{0, 256} {
		require.Equal(t, surface.Usage, surface.KindOf(kept.Alert(0, score, "out of range")))
	}
	alerts, err := s.Rows(field.Alert)
	require.NoError(t, err)
	assert.Positive(t, alerts.NumRows())
	alerts.Release()
	costs, err := s.Costs()
	require.NoError(t, err)
	assert.Contains(t, string(costs), "no names")
}

// The engine waits for the reader, and Close ends it wherever it waits.
func TestCloseWhileTheEngineWaits(t *testing.T) {
	t.Parallel()
	path := office(t)
	for _, o := range []surface.Options{{BatchRows: 1}, {Functions: []surface.Function{{Name: "f", Hooks: []string{"flow_end"}}}}} {
		o.Sources = []string{path}
		s := open(t, o, nil)
		_, err := s.Next(-1)
		require.NoError(t, err)
		begin := time.Now()
		s.Close()
		assert.Less(t, time.Since(begin), 900*time.Millisecond)
	}
}

// What was read before Cancel is concluded.
func TestCancel(t *testing.T) {
	t.Parallel()
	path := office(t)
	s := open(t, surface.Options{Sources: []string{path, path, path, path}, Order: "given", BatchRows: 1, Workers: 1}, nil)
	_, err := s.Next(-1)
	require.NoError(t, err)
	s.Cancel()
	assert.Less(t, drain(t, s, nil), int64(4*437))
	assert.True(t, s.Interrupted())
}

// Cancel does not wait for a pipe that is silent.
func TestCancelOfASilentPipe(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer func() { require.NoError(t, errors.Join(r.Close(), w.Close())) }()
	written := make(chan struct{})
	go func() {
		data, _ := os.ReadFile(office(t))
		_, _ = w.Write(data)
		close(written)
	}()
	s := open(t, surface.Options{Sources: []string{"/dev/fd/" + itoa(r.Fd())}}, nil)
	<-written
	time.AfterFunc(50*time.Millisecond, s.Cancel)
	assert.EqualValues(t, 437, drain(t, s, nil))
	assert.True(t, s.Interrupted())
}

func TestPatience(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer func() { require.NoError(t, r.Close()) }()
	go func() {
		data, _ := os.ReadFile(office(t))
		_, _ = w.Write(data[:4096])
		time.Sleep(300 * time.Millisecond)
		_ = w.Close()
	}()
	s := open(t, surface.Options{Sources: []string{"/dev/fd/" + itoa(r.Fd())}}, nil)
	_, err = s.Next(10 * time.Millisecond)
	require.ErrorIs(t, err, surface.ErrWait)
}

func itoa(n uintptr) string {
	digits := ""
	for ; n > 0; n /= 10 {
		digits = string(rune('0'+n%10)) + digits
	}
	return digits
}

func TestKindsOfErrors(t *testing.T) {
	t.Parallel()
	path := office(t)
	for _, c := range []struct {
		options string
		kind    surface.Kind
		text    string
	}{
		{`{"sources": []}`, surface.Usage, "name a capture"},
		{`{"sorces": []}`, surface.Usage, "sorces"},
		{`{"sources": ["PATH"], "order": "random"}`, surface.Usage, "time or given"},
		{`{"sources": ["PATH"], "columns": ["cli_ipp"]}`, surface.Usage, "did you mean"},
		{`{"sources": ["PATH"], "filter": "tcp"}`, surface.Usage, "no filters"},
		{`{"sources": ["PATH"], "workers": 1000}`, surface.Usage, "1 to 64"},
		{`{"sources": ["PATH"], "batch_rows": 1000000}`, surface.Usage, "batches"},
		{`{"sources": ["PATH"], "idle_timeout": -1}`, surface.Usage, "idle_timeout"},
		{`{"sources": ["PATH"], "idle_timeout": 1e300}`, surface.Usage, "at most ten years"},
		{`{"sources": ["PATH"], "idle_timeout": "1s"}`, surface.Usage, "cannot use a string as the option idle_timeout: give a number"},
		{`{"sources": ["PATH"], "columns": "cli_ip"}`, surface.Usage, "the option columns: give a list"},
		{`{"sources": ["PATH"]} {}`, surface.Usage, "more than one"},
		{`{"sources": ["lo"], "ring": 17592186044416}`, surface.Usage, "2 to 2048"},
		{`{"sources": ["lo"], "snaplen": -1}`, surface.Usage, "64 to 262144"},
		{`{"sources": ["PATH"], "checks": ["none.lua"]}`, surface.NotFound, "none.lua"},
		{`{"sources": ["PATH"], "functions": [{"name": "x", "hooks": ["y"]}]}`, surface.Usage, "flow_end"},
		{`{"sources": ["PATH"], "functions": [{"name": "", "hooks": ["flow_end"]}]}`, surface.Usage, "name"},
		{`{"sources": ["PATH"], "rules": "none.txt"}`, surface.NotFound, "none.txt"},
		{`{"sources": ["PATH"], "local_nets": ["10.0.0.0/40"]}`, surface.Usage, "10.0.0.0/40"},
		{`{"sources": ["PATH", "lo"]}`, surface.Usage, "together"},
		{`{"sources": ["nope.pcap"]}`, surface.NotFound, "nope.pcap"},
		{`{"sources": ["nosuch0"]}`, surface.NotFound, "interface"},
	} {
		o, err := surface.ParseOptions([]byte(strings.ReplaceAll(c.options, "PATH", path)))
		if err == nil {
			_, err = surface.Open(o, surface.Leaves{})
		}
		require.ErrorContains(t, err, c.text, c.options)
		assert.Equal(t, c.kind, surface.KindOf(err), c.options)
	}
	assert.Equal(t, surface.Failed, surface.KindOf(context.DeadlineExceeded))
	assert.Equal(t, surface.NotPermitted, surface.KindOf(os.ErrPermission))
	assert.NotEmpty(t, surface.Version(""))
	assert.Equal(t, "v1", surface.Version("v1"))
}
