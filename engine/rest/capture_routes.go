package rest

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/field"
)

// captureRow tells how a capture stands.
type captureRow struct {
	ID       int               `json:"id"`
	Name     string            `json:"name"`
	Size     int64             `json:"size"`
	At       time.Time         `json:"uploaded"`
	State    string            `json:"state"`
	Error    string            `json:"error,omitempty"`
	Progress float64           `json:"progress"`
	Packets  uint64            `json:"packets"`
	Bytes    uint64            `json:"bytes"`
	Flows    uint64            `json:"flows"`
	Unlisted uint64            `json:"unlisted_flows"`
	Hosts    int               `json:"hosts"`
	Alerts   int               `json:"alerts"`
	First    *time.Time        `json:"first_seen,omitempty"`
	Last     *time.Time        `json:"last_seen,omitempty"`
	Dropped  map[string]uint64 `json:"dropped"`
	Damage   []string          `json:"damage"`
}

func captureSchema() schema {
	return object(map[string]schema{
		"id": integer("its number, also as an interface"), "name": text(""), "size": integer("bytes of the file"), "uploaded": {"type": "string", "format": "date-time"},
		"state": {"enum": []string{stateArriving, stateWaiting, stateRunning, stateDone, stateFailed}}, "error": text("why it failed"),
		"progress": {"type": "number", "minimum": 0, "maximum": 1}, "packets": integer("packets read"), "bytes": integer("bytes of these"), "flows": integer("flows that ended"),
		"unlisted_flows": integer("flows that are counted, but not listed: there were too many"), "hosts": integer("hosts in the table"), "alerts": integer("alerts raised"),
		"first_seen": {"type": "string", "format": "date-time", "description": "time of the first packet"}, "last_seen": {"type": "string", "format": "date-time", "description": "time of the last packet"},
		"dropped": {"type": "object", "description": "what was dropped or rejected, by reason", "additionalProperties": integer("")},
		"damage":  arrayOf(text("what of the file could not be read")),
	}, "error", "first_seen", "last_seen")
}

// row tells how the capture stands.
func (u *upload) row() captureRow {
	u.mu.Lock()
	defer u.mu.Unlock()
	row := captureRow{ID: u.id, Name: u.name, Size: u.size, At: u.at.UTC(), State: u.state, Dropped: make(map[string]uint64), Damage: []string{}}
	if u.err != nil {
		row.Error = u.err.Error()
	}
	if u.engine != nil {
		packets, done, total := u.engine.Progress()
		row.Packets, row.Progress = packets, min(float64(done)/float64(max(total, 1)), 1)
	}
	if u.lists != nil {
		u.lists.of.Look(func(t engine.Tables) {
			row.Flows, row.Hosts = t.Ended, t.Hosts.Len()
			if t.Checks != nil {
				row.Alerts = t.Checks.Alerts().Len()
			}
		})
	}
	u.ended.mu.Lock()
	row.Unlisted = u.ended.more
	u.ended.mu.Unlock()
	if u.state != stateDone {
		return row
	}
	row.Progress, row.Packets, row.Bytes = 1, u.summary.Packets, u.summary.Bytes
	if u.summary.Packets > 0 {
		row.First, row.Last = &u.summary.First, &u.summary.Last
	}
	for _, c := range u.summary.Counters {
		row.Dropped[c.Name] = c.Value
	}
	for _, d := range u.summary.Damage {
		row.Damage = append(row.Damage, d.Error())
	}
	return row
}

func captureParameters() []schema {
	return []schema{{"name": "id", "in": "path", "required": true, "description": "number of the capture", "schema": schema{"type": "integer", "minimum": firstCapture, "maximum": 1<<16 - 1}}}
}

// slowUpload is how long an upload may stand still.
const slowUpload = 30 * time.Second

// arriving is the body of a request that may take as long as it goes on.
type arriving struct {
	io.Reader
	control *http.ResponseController
}

// Read implements io.Reader.
func (a arriving) Read(p []byte) (int, error) {
	_ = a.control.SetReadDeadline(time.Now().Add(slowUpload)) // a server in tests has none
	return a.Reader.Read(p)                                   //nolint:wrapcheck // the connection's own
}

// captureName makes a name fit to be shown.
func captureName(name string) string {
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	const most = 100
	if runes := []rune(name); len(runes) > most {
		name = string(runes[:most])
	}
	return cmp.Or(name, "capture")
}

// upload takes a capture.
func (s *server) upload(c *gin.Context) {
	if !s.haveCaptures(c) {
		return
	}
	u, err := s.cfg.Captures.receive(captureName(c.Query("name")), arriving{c.Request.Body, http.NewResponseController(c.Writer)}, maxCapture)
	if err != nil {
		refuse(c, err)
		return
	}
	about(c, "capture %d, %s", u.id, u.name)
	s.cfg.Captures.begin(u, s.cfg.Engine)
	c.Header("Location", "/api/v1/captures/"+strconv.Itoa(u.id))
	c.JSON(http.StatusCreated, u.row())
}

// refuse tells why something was not taken.
func refuse(c *gin.Context, err error) {
	var r *refusal
	if errors.As(err, &r) {
		fail(c, r.status, r.reason)
		return
	}
	fail(c, http.StatusBadRequest, err.Error())
}

// haveCaptures tells when there is no place for captures.
func (s *server) haveCaptures(c *gin.Context) bool {
	if s.cfg.Captures == nil {
		fail(c, http.StatusNotFound, "there is no place for captures: this engine runs without --data")
		return false
	}
	return true
}

func (s *server) captures(c *gin.Context) {
	rows := []captureRow{}
	if s.cfg.Captures != nil {
		for _, u := range s.cfg.Captures.list() {
			rows = append(rows, u.row())
		}
	}
	c.JSON(http.StatusOK, gin.H{"rows": rows})
}

// captureAsked finds the capture that a path names; the problem is told if there is none.
func (s *server) captureAsked(c *gin.Context) *upload {
	if !s.haveCaptures(c) {
		return nil
	}
	id, err := strconv.Atoi(c.Param("id"))
	if err != nil {
		fail(c, http.StatusBadRequest, fmt.Sprintf("cannot look for capture %q: it is no number", c.Param("id")))
		return nil
	}
	u := s.cfg.Captures.find(id)
	if u == nil {
		fail(c, http.StatusNotFound, fmt.Sprintf("there is no capture %d; GET /api/v1/captures lists them", id))
	}
	return u
}

func (s *server) capture(c *gin.Context) {
	if u := s.captureAsked(c); u != nil {
		c.JSON(http.StatusOK, u.row())
	}
}

func (s *server) deleteCapture(c *gin.Context) {
	u := s.captureAsked(c)
	if u == nil {
		return
	}
	if err := s.cfg.Captures.remove(u.id); err != nil {
		fail(c, http.StatusServiceUnavailable, err.Error())
		return
	}
	c.JSON(http.StatusOK, gin.H{"deleted": u.id})
}

// captured returns what finds a list of the capture that a path names.
func (s *server) captured(of func(*lists) *list) func(*gin.Context) *list {
	return func(c *gin.Context) *list {
		u := s.captureAsked(c)
		if u == nil {
			return nil
		}
		u.mu.Lock()
		defer u.mu.Unlock()
		if u.lists == nil {
			return newList(nothing)
		}
		return of(u.lists)
	}
}

// captureLists are the routes of the lists of captures.
func (s *server) captureLists() (all []route) {
	for _, l := range []struct {
		name, about string
		scope       field.Scope
		of          func(*lists) *list
	}{
		{"interfaces", "A capture as an interface", field.Interface, interfaceList},
		{"hosts", "The hosts of a capture", field.Host, hostList},
		{"networks", "The local networks of a capture", field.Network, networkList},
		{"flows", "The flows of a capture", field.Flow, flowList},
		{"protocols", "The flows of a capture by protocol", field.Protocol, protocolList},
		{"alerts", "What checks have found in a capture", field.Alert, alertList},
	} {
		all = append(all, route{
			method: http.MethodGet, path: "/api/v1/captures/:id/" + l.name, summary: l.about, lists: l.scope, list: true, named: true,
			handle: s.lister(l.scope, s.captured(l.of)), parameters: captureParameters(),
		})
	}
	return all
}
