package rest

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine/access"
	"github.com/flowloom/flowloom/engine/check/scripts"
	"github.com/flowloom/flowloom/engine/field"
)

// route is one thing that can be asked for. The table of routes makes both the server
// and its description.
type route struct {
	method, path string
	summary      string
	handle       gin.HandlerFunc
	// open routes answer anybody.
	open bool
	// reads: it changes nothing, though its method may.
	reads bool
	// role is the one that it takes, when that is another than viewer for what reads and
	// admin for what writes.
	role access.Role
	// pending: it can be used with a one-time password.
	pending bool
	// lists, with list set, are the records that the route returns.
	lists field.Scope
	list  bool
	// answer is the media type of other routes, default JSON; schema is that of the answer.
	answer string
	schema schema
	// arrow: it answers in Arrow, too. history: it needs one.
	// named: the path names something that there may not be.
	arrow, history, named bool
	// parameters of other routes than lists.
	parameters []schema
	// body is the schema of what the client sends, nil for nothing; media is its type, default
	// JSON.
	body  schema
	media string
	// status is that of success, default 200; fails are those of failures besides what follows
	// from the rest.
	status int
	fails  []int
}

func (s *server) routes() []route {
	get := func(path, summary string, scope field.Scope, of func(*lists) *list) route {
		return route{method: http.MethodGet, path: path, summary: summary, lists: scope, list: true, handle: s.lister(scope, s.live(of))}
	}
	all := []route{
		get("/api/v1/interfaces", "The interfaces that are captured on", field.Interface, interfaceList),
		get("/api/v1/hosts", "The hosts that were seen", field.Host, hostList),
		{
			method: http.MethodGet, path: "/api/v1/hosts/:ip", summary: "All about one host", named: true,
			handle: s.host, parameters: hostParameters(), schema: hostSchema(),
		},
		{
			method: http.MethodGet, path: "/api/v1/hosts/:ip/peers", summary: "Whom a host has flows with, most bytes first",
			handle: s.peers, parameters: hostParameters(), schema: peersSchema(),
		},
		get("/api/v1/networks", "The local networks that have had hosts", field.Network, networkList),
		get("/api/v1/flows", "The flows that go on", field.Flow, flowList),
		get("/api/v1/protocols", "The flows that ended, by protocol", field.Protocol, protocolList),
		get("/api/v1/alerts", "What checks have found", field.Alert, alertList),
		{
			method: http.MethodPost, path: "/api/v1/alerts/acknowledge", summary: "Mark alerts as seen to",
			handle: s.acknowledge, body: acknowledgeSchema(), schema: object(map[string]schema{"acknowledged": integer("how many alerts there were")}),
		},
		{
			method: http.MethodPost, path: "/api/v1/alerts/release", summary: "End alerts; a condition that lasts makes another one",
			handle: s.release, body: releaseSchema(), schema: object(map[string]schema{"released": integer("how many alerts there were")}),
		},
		{method: http.MethodGet, path: "/api/v1/alerts/counters", summary: "How many alerts there are of each kind", handle: s.alertCounters, schema: countersSchema()},
		{method: http.MethodGet, path: "/api/v1/alerts/types", summary: "What alerts there can be", handle: s.alertTypes, schema: typesSchema()},
		{method: http.MethodGet, path: "/api/v1/dscp", summary: "What hosts sent with each DSCP class, most packets first", handle: s.dscp, schema: rowsOf(classMembers())},
		{
			method: http.MethodPost, path: "/api/v1/history/query", summary: "Ask the history in SQL, or with a selection",
			handle: s.query, body: questionSchema(), schema: resultSchema(), arrow: true, history: true, reads: true,
		},
		{
			method: http.MethodGet, path: "/api/v1/timeseries", summary: "Points of a series of the history",
			handle: s.timeseries, parameters: timeseriesParameters(), schema: resultSchema(), arrow: true, history: true,
		},
		{
			method: http.MethodGet, path: "/api/v1/events", summary: "What happens, as it happens: server-sent events",
			handle: s.events, parameters: eventParameters(), answer: eventsType, schema: schema{"type": "string"},
		},
		{method: http.MethodGet, path: "/api/v1/status", summary: "How the engine is doing, every drop and reject included", handle: s.status, schema: statusSchema()},
		{method: http.MethodGet, path: "/api/v1/openapi.json", summary: "This description", handle: s.openAPI, schema: schema{"type": "object"}},
		{method: http.MethodGet, path: "/metrics", summary: "Counters for Prometheus", handle: s.metrics, answer: metricsType, schema: schema{"type": "string"}},
		{method: http.MethodGet, path: "/healthz", summary: "Whether the program runs", handle: s.health, open: true, answer: "text/plain", schema: schema{"type": "string"}},
	}
	return slices.Concat(all, s.checkRoutes(), s.captureRoutes(), s.captureLists(), s.accessRoutes())
}

// checkRoutes are those about checks and the scripts of users.
func (s *server) checkRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/api/v1/checks", summary: "The checks with their settings, and what they cost", handle: s.checks, schema: rowsOf(checkMembers(), "last_error")},
		{method: http.MethodGet, path: "/api/v1/checks/:name", summary: "One check", handle: s.check, parameters: checkParameters(), named: true, schema: checkSchema()},
		{
			method: http.MethodPut, path: "/api/v1/checks/:name", summary: "Switch a check on or off, or change its settings", handle: s.configure,
			parameters: checkParameters(), named: true, body: changeSchema(), schema: checkSchema(), fails: []int{http.StatusServiceUnavailable},
		},
		{method: http.MethodGet, path: "/api/v1/scripts", summary: "The scripts that were uploaded", handle: s.scripts, schema: scriptsSchema(), fails: []int{http.StatusServiceUnavailable}},
		{
			method: http.MethodGet, path: "/api/v1/scripts/:file", summary: "The text of a script", handle: s.script,
			parameters: scriptParameters(), named: true, answer: "text/plain", schema: schema{"type": "string"},
		},
		{
			method: http.MethodPut, path: "/api/v1/scripts/:file", summary: "Upload a script, which runs from then on", handle: s.putScript,
			parameters: scriptParameters(), named: true, media: "text/plain", body: schema{"type": "string", "maxLength": scripts.MaxSize}, schema: checkSchema(),
			fails: []int{http.StatusConflict, http.StatusServiceUnavailable},
		},
		{
			method: http.MethodDelete, path: "/api/v1/scripts/:file", summary: "Remove a script and its check", handle: s.deleteScript,
			parameters: scriptParameters(), named: true, schema: object(map[string]schema{"deleted": text("the script")}),
		},
		{
			method: http.MethodPost, path: "/api/v1/scripts/dry-run", summary: "Try a script or check on a capture; the engine takes no notice", handle: s.dryRun,
			media: "multipart/form-data", body: dryRunBody(), schema: dryRunSchema(), named: true, fails: captureFails,
		},
	}
}

// captureRoutes are those about captures that are uploaded.
func (s *server) captureRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/api/v1/captures", summary: "The captures that were uploaded", handle: s.captures, schema: object(map[string]schema{"rows": arrayOf(captureSchema())})},
		{
			method: http.MethodPost, path: "/api/v1/captures", summary: "Upload a capture (pcap or pcapng, also compressed), which is analysed then", handle: s.upload, status: http.StatusCreated,
			parameters: []schema{one("name", "what it is called, such as the name of the file", text(""))}, media: "application/octet-stream", body: schema{"type": "string", "format": "binary"},
			schema: captureSchema(), named: true, fails: captureFails,
		},
		{method: http.MethodGet, path: "/api/v1/captures/:id", summary: "How a capture stands", handle: s.capture, parameters: captureParameters(), named: true, schema: captureSchema()},
		{
			method: http.MethodDelete, path: "/api/v1/captures/:id", summary: "Delete a capture, and end its analysis", handle: s.deleteCapture,
			parameters: captureParameters(), named: true, schema: object(map[string]schema{"deleted": integer("the capture")}), fails: []int{http.StatusServiceUnavailable},
		},
	}
}

// captureFails are the statuses of captures that are not taken.
var captureFails = []int{http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity, http.StatusServiceUnavailable} //nolint:gochecknoglobals // constant

func (s *server) health(c *gin.Context) { c.String(http.StatusOK, "ok\n") }
