package ntopng

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/store"
)

// Config says what is served.
type Config struct {
	Engine *engine.Engine
	// History is what was kept; nil without.
	History store.Querier
	// Protocols are what flows are told by; nil without detection.
	Protocols *dpi.Registry
}

// server answers requests; its methods are the handlers.
type server struct{ Config }

// handler answers a request with the rsp of the answer.
type handler func(*request) (any, error)

// request is what a client asks.
type request struct {
	*http.Request
	// params come from the query or the body; what is not known is ignored.
	params url.Values
	// siblings of rsp in the answer.
	siblings map[string]any
}

// New returns the handler of all paths.
func New(cfg Config) http.Handler {
	s := &server{cfg}
	mux := http.NewServeMux()
	for prefix, handlers := range map[string]map[string]handler{"/lua/rest/v2/": s.community(), "/lua/pro/rest/v2/": s.pro()} {
		for path, h := range handlers {
			mux.Handle(prefix+path+".lua", h)
		}
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { write(w, nil, errNotFound, nil) })
	return mux
}

func (s *server) community() map[string]handler {
	return map[string]handler{
		"connect/test":                func(*request) (any, error) { return nothing, nil },
		"get/alert/type/consts":       s.alertTypes,
		"get/alert/severity/consts":   s.severities,
		"get/ntopng/interfaces":       s.interfaces,
		"get/host/interfaces":         s.hostInterfaces,
		"get/interface/data":          s.interfaceData,
		"get/interface/address":       s.addresses,
		"get/interface/bcast_domains": s.broadcastDomains,
		"get/interface/l7/stats":      s.interfaceL7,
		"get/interface/dscp/stats":    s.interfaceDSCP,
		"get/host/active":             s.activeHosts,
		"get/host/data":               s.hostData,
		"get/host/l7/stats":           s.hostL7,
		"get/host/dscp/stats":         s.hostDSCP,
		"get/flow/active":             s.activeFlows,
		"get/flow/l4/counters":        s.flowsByL4,
		"get/flow/l7/counters":        s.flowsByL7,
		"get/flow/alert/list":         s.flowAlerts,
		"get/alert/type/counters":     s.alertsByType,
		"get/alert/severity/counters": s.alertsBySeverity,
		"get/alert/top":               s.topAlerts,
		"get/alert/list/alerts":       s.alertRows,
		"get/l7/application/consts":   s.applications,
		"get/l7/category/consts":      s.categories,
		"get/l4/protocol/consts":      s.l4Protocols,
		"get/timeseries/ts":           s.series,
		"get/timeseries/type/consts":  s.seriesTypes,
	}
}

func (s *server) pro() map[string]handler {
	return map[string]handler{
		"get/interface/top/local/talkers":  s.talkers(true),
		"get/interface/top/remote/talkers": s.talkers(false),
		"get/flow/alert/top":               s.topAlerts,
		"get/db/flows":                     s.dbFlows,
		"get/db/topk_flows":                s.topFlows,
		"get/db/historical_db_search":      s.conversations,
		"get/host/top/ts_stats":            s.hostProtocols,
	}
}

// nothing is how ntopng writes an empty answer, also where an object is expected.
var nothing = []any{} //nolint:gochecknoglobals // constant

// problem is an error with ntopng's numbers for it.
type problem struct {
	status, rc int
	name       string
}

// Error implements error.
func (p *problem) Error() string { return p.name }

// The errors (rest_utils.lua).
var (
	errNotFound  = &problem{http.StatusNotFound, -1, "NOT_FOUND"}
	errInterface = &problem{http.StatusBadRequest, -2, "INVALID_INTERFACE"}
	errArguments = &problem{http.StatusBadRequest, -5, "INVALID_ARGUMENTS"}
	errInternal  = &problem{http.StatusInternalServerError, -6, "INTERNAL_ERROR"}
)

const maxBody = 64 << 10

// ServeHTTP implements http.Handler.
func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	req := &request{Request: r, params: r.URL.Query(), siblings: make(map[string]any)}
	if err := req.body(w); err != nil {
		write(w, nil, errArguments, nil)
		return
	}
	rsp, err := h(req)
	write(w, rsp, err, req.siblings)
}

// body adds the parameters of a body, which is a form or a JSON object.
func (r *request) body(w http.ResponseWriter) error {
	if r.Method != http.MethodPost {
		return nil
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		if err := r.ParseForm(); err != nil {
			return fmt.Errorf("cannot read the form: %w", err)
		}
		for name, values := range r.PostForm {
			r.params[name] = values
		}
		return nil
	}
	members := make(map[string]any)
	d := json.NewDecoder(r.Body)
	d.UseNumber()
	if err := d.Decode(&members); err != nil {
		return fmt.Errorf("cannot read the object: %w", err)
	}
	for name, v := range members {
		if v != nil {
			r.params.Set(name, fmt.Sprint(v))
		}
	}
	return nil
}

func write(w http.ResponseWriter, rsp any, err error, siblings map[string]any) {
	answer := map[string]any{"rc": 0, "rc_str": "OK", "rc_str_hr": "Success", "rsp": rsp}
	status := http.StatusOK
	if err != nil {
		p := errInternal
		errors.As(err, &p)
		status = p.status
		answer = map[string]any{"rc": p.rc, "rc_str": p.name, "rc_str_hr": err.Error(), "rsp": nothing}
	}
	for name, v := range siblings {
		answer[name] = v
	}
	data, err := json.Marshal(answer)
	if err != nil {
		status, data = http.StatusInternalServerError, []byte(`{"rc":-6,"rc_str":"INTERNAL_ERROR","rc_str_hr":"INTERNAL_ERROR","rsp":[]}`)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(data) // a client that went away
}

// number reads a parameter, or returns what stands for a missing or wrong one.
func (r *request) number(name string, missing int64) int64 {
	n, err := strconv.ParseInt(r.params.Get(name), 10, 64)
	if err != nil {
		return missing
	}
	return n
}

// iface returns the interface that a request is about.
func (s *server) iface(r *request) (*host.InterfaceStats, error) {
	id, err := strconv.ParseUint(r.params.Get("ifid"), 10, 16)
	if err != nil {
		return nil, errInterface
	}
	all, _ := s.Engine.Status()
	for i := range all {
		if uint64(all[i].ID) == id {
			return &all[i], nil
		}
	}
	return nil, errInterface
}

// hostParam splits ip or ip@vlan; the parameter vlan counts, too.
func (r *request) hostParam() (ip string, vlan uint16) {
	ip, tag, _ := strings.Cut(r.params.Get("host"), "@")
	if tag == "" {
		tag = r.params.Get("vlan")
	}
	n, _ := strconv.ParseUint(tag, 10, 16)
	return ip, uint16(n)
}
