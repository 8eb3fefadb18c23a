package rest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/internal/tracegen"
)

// flood is a source of many flows that stay.
type flood struct {
	next  func() (capture.Frame, bool)
	last  int64
	quiet atomic.Int64
}

func (f *flood) Read(b *capture.Batch) error {
	b.Frames, b.Buf = b.Frames[:0], b.Buf[:0]
	for len(b.Frames) < 1000 {
		frame, ok := f.next()
		if !ok {
			break
		}
		f.last = frame.Time
		at := len(b.Buf)
		b.Buf = append(b.Buf, frame.Data...)
		frame.Data = b.Buf[at:len(b.Buf):len(b.Buf)]
		b.Frames = append(b.Frames, frame)
	}
	if len(b.Frames) == 0 {
		time.Sleep(time.Millisecond)
		f.quiet.Add(1)
		b.Now = f.last + int64(10*time.Second)
	}
	return nil
}

func (f *flood) Interfaces() []capture.Interface {
	return []capture.Interface{{Name: "flood", Link: 1}}
}
func (f *flood) Progress() (done, total int64) { return 0, 0 }
func (f *flood) Damage() []error               { return nil }
func (f *flood) Close() error                  { return nil }

// BenchmarkLists asks for 100 rows of 100,000, each time something else.
func BenchmarkLists(b *testing.B) {
	frames := make(chan capture.Frame)
	go func() {
		defer close(frames)
		for f := range tracegen.Flood(tracegen.FloodConfig{Flows: 100_000}) {
			f.Data = append([]byte(nil), f.Data...)
			frames <- f
		}
	}()
	src := &flood{next: func() (capture.Frame, bool) { f, ok := <-frames; return f, ok }}
	registry, err := dpi.NewRegistry(nil)
	require.NoError(b, err)
	eng, err := engine.New(engine.Config{Workers: 2, Protocols: registry, Flow: flow.Config{Tick: flow.DefaultTick}}, src, unwanted{})
	require.NoError(b, err)
	go func() { _ = eng.Run(b.Context()) }()
	require.Eventually(b, func() bool { return src.quiet.Load() > 500 }, time.Minute, 10*time.Millisecond)
	h := New(Config{Engine: eng, Token: token})
	for _, query := range []string{"hosts?sort=-bytes_sent", "hosts?sort=ip", "hosts?sort=-throughput", "hosts?sort=peers", "hosts?ip=198.18.0.0/16", "flows?sort=-bytes", "flows?sort=cli_ip", "flows?sort=-duration", "flows?srv_port=443", "flows?cli_ip=10.0.0.0/16"} {
		b.Run(query, func(b *testing.B) {
			for n := 0; b.Loop(); n++ {
				r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, fmt.Sprintf("/api/v1/%s&vlan_id!=%d", query, 1+n%4000), nil)
				r.Header.Set("Authorization", "Token "+token)
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				require.Equal(b, http.StatusOK, w.Code)
			}
		})
	}
}
