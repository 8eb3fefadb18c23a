package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/scripts"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/flow"
)

// dryRun is a check to be tried on a capture, apart from the engine.
type dryRun struct {
	check    check.Check
	settings check.Settings
	changes  []change // of the settings, whatever part came first
	capture  *upload
	// own: the capture came with the request, and goes with it.
	own bool
}

const (
	// dryRunTime is how long one may take, its turn included.
	dryRunTime = 2 * time.Minute
	// maxDryCapture bounds a capture that comes with the request, in bytes.
	maxDryCapture = 256 << 20
	// maxDryAlerts is how many alerts are returned, maxLogLines how many lines of the log.
	maxDryAlerts, maxLogLines, maxLogLine = 1000, 1000, 1000
)

func dryRunBody() schema {
	file := func(about string) schema { return schema{"type": "string", "format": "binary", "description": about} }
	return object(map[string]schema{
		"script": file("a script; its file name ends in .lua or .js"), "check": text("or the name of a check that the engine has"),
		"settings": text("settings, in JSON as PUT /api/v1/checks/{name} takes them"),
		"capture":  file("a capture"), "capture_id": text("or the number of one that was uploaded"),
	}, "script", "check", "settings", "capture", "capture_id")
}

func dryRunSchema() schema {
	return object(map[string]schema{
		"check": checkSchema(), "alerts": arrayOf(reference("alert")), "total": integer("how many alerts there are"), "log": arrayOf(text("a line that the check wrote, or an error of it")),
		"packets": integer("packets of the capture"), "flows": integer("flows of the capture"), "damage": arrayOf(text("what of the capture could not be read")),
	})
}

// dryRun tries a check.
func (s *server) dryRun(c *gin.Context) {
	if !s.haveCaptures(c) {
		return
	}
	d := &dryRun{}
	defer func() {
		if d.own {
			_ = s.cfg.Captures.remove(d.capture.id) // it goes at the end at the latest
		}
	}()
	if err := s.readDryRun(c, d); err != nil {
		refuse(c, err)
		return
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), dryRunTime)
	defer cancel()
	var out gin.H
	err := s.cfg.Captures.inTurn(ctx, func() (err error) {
		out, err = s.try(ctx, d)
		return err
	})
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		fail(c, http.StatusUnprocessableEntity, fmt.Sprintf("cannot finish within %v: try a smaller capture", dryRunTime))
	case err != nil:
		fail(c, http.StatusBadRequest, err.Error())
	default:
		c.JSON(http.StatusOK, out)
	}
}

// readDryRun reads the parts of the request as they come.
func (s *server) readDryRun(c *gin.Context, d *dryRun) error {
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return fmt.Errorf("cannot read the request: %w", err)
	}
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("cannot read the request: %w", err)
		}
		if err := s.readPart(c, d, p); err != nil {
			return err
		}
	}
	if d.check == nil {
		return errors.New("cannot try nothing: send a script, or name a check")
	}
	if d.capture == nil {
		return errors.New("cannot try it on nothing: send a capture, or its capture_id")
	}
	return nil
}

func (s *server) readPart(c *gin.Context, d *dryRun, p *multipart.Part) error {
	if p.FormName() == "capture" {
		if d.capture != nil {
			return errors.New("cannot try it on two captures")
		}
		u, err := s.cfg.Captures.receive(captureName(p.FileName()), arriving{p, http.NewResponseController(c.Writer)}, maxDryCapture)
		d.capture, d.own = u, err == nil
		return err
	}
	text, err := readScript(p)
	if err != nil {
		return err
	}
	switch p.FormName() {
	case "script":
		d.check, err = scripts.Compiled(s.cfg.Compile, p.FileName(), text)
		return err //nolint:wrapcheck // it says what it is about
	case "check":
		return s.named(d, string(text))
	case "settings":
		return d.set(text)
	case "capture_id":
		id, _ := strconv.Atoi(string(text)) // 0 is no capture
		if d.capture != nil {
			return errors.New("cannot try it on two captures")
		}
		if d.capture = s.cfg.Captures.find(id); d.capture == nil {
			return &refusal{http.StatusNotFound, fmt.Sprintf("there is no capture %q; GET /api/v1/captures lists them", text)}
		}
		return nil
	default:
		return fmt.Errorf("cannot use %q: there are script, check, settings, capture and capture_id", p.FormName())
	}
}

// named takes a check that the engine has, with its settings.
func (s *server) named(d *dryRun, name string) error {
	ok := false
	if r := s.runner(); r != nil {
		var set check.Settings
		d.check, set, ok = r.Named(name)
		d.settings = set
	}
	if !ok {
		return &refusal{http.StatusNotFound, fmt.Sprintf("there is no check %q; GET /api/v1/checks lists them", name)}
	}
	return nil
}

func (d *dryRun) set(text []byte) error {
	var ch change
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&ch); err != nil {
		return fmt.Errorf("cannot read the settings: %w", inWords(err))
	}
	d.changes = append(d.changes, ch)
	return nil
}

// try runs a check over a capture, in an engine of its own.
func (s *server) try(ctx context.Context, d *dryRun) (gin.H, error) {
	for i := range d.changes {
		d.settings = d.changes[i].on(d.settings)
	}
	enabled := true
	d.settings.Enabled = &enabled
	log := &logLines{}
	if err := d.settings.Exclude.Parse(); err != nil {
		return nil, err //nolint:wrapcheck // it says what it is about
	}
	info := d.check.Info()
	runner, err := check.NewRunner([]check.Check{d.check}, &check.Config{Checks: map[string]*check.Settings{info.Name: &d.settings}}, slog.New(log))
	if err != nil {
		return nil, err //nolint:wrapcheck // it says what it is about
	}
	defer runner.Close()
	cfg := s.cfg.Engine.Config()
	cfg.Checks = runner
	eng, err := s.cfg.Captures.run(ctx, d.capture, cfg, unwanted{}, func(*engine.Engine) {})
	if err != nil {
		return nil, err
	}
	summary := eng.Summary(0)
	states := runner.States()
	alerts := []json.RawMessage{}
	for _, a := range runner.Alerts().All() {
		if len(alerts) < maxDryAlerts {
			alerts = append(alerts, rowObject(field.Alert, codec.Row(check.AlertRow{Alert: a})))
		}
	}
	damage := []string{}
	for _, e := range summary.Damage {
		damage = append(damage, e.Error())
	}
	return gin.H{
		"check": rowOf(&states[0]), "alerts": alerts, "total": runner.Alerts().Len(), "log": orEmpty(log.lines),
		"packets": summary.Packets, "flows": summary.Flows, "damage": damage,
	}, nil
}

// unwanted is a sink for runs of which only the alerts count.
type unwanted struct{}

// Flow implements engine.Sink.
func (unwanted) Flow(*flow.Record) error { return nil }

// logLines keeps what a check writes.
type logLines struct {
	mu    sync.Mutex
	lines []string
}

// Enabled implements slog.Handler.
func (*logLines) Enabled(context.Context, slog.Level) bool { return true }

// WithAttrs implements slog.Handler; the check's name is all there would be.
func (l *logLines) WithAttrs([]slog.Attr) slog.Handler { return l }

// WithGroup implements slog.Handler.
func (l *logLines) WithGroup(string) slog.Handler { return l }

// Handle implements slog.Handler.
func (l *logLines) Handle(_ context.Context, r slog.Record) error {
	text := r.Message
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "text" {
			text = a.Value.String()
		}
		return true
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.lines) < maxLogLines {
		l.lines = append(l.lines, text[:min(len(text), maxLogLine)])
	}
	return nil
}
