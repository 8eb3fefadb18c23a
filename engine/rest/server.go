package rest

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/access"
	"github.com/flowloom/flowloom/engine/check/scripts"
	"github.com/flowloom/flowloom/engine/store"
)

// Config says what is served, and to whom.
type Config struct {
	Engine *engine.Engine
	// History is what was kept; nil without.
	History store.Querier
	// Scripts are those of users; nil where there is no place for them.
	Scripts *scripts.Folder
	// Compile compiles a script that is only tried.
	Compile scripts.Compile
	// Captures are those of users; nil where there is no place for them.
	Captures *Captures
	// Compatible answers for /lua/, as ntopng would; nil for nobody.
	Compatible http.Handler
	// Access says who may ask. Without it that is who shows Token.
	Access *access.Control
	Token  string
	// Version of the program, for the description.
	Version string
}

// server answers requests; its methods are the handlers.
type server struct {
	cfg         Config
	crossOrigin *http.CrossOriginProtection
	lists       *lists
	// changing is held while settings of checks are changed.
	changing sync.Mutex
	// listeners counts those who are told of events.
	listeners atomic.Int32
}

// New returns the handler of all routes.
func New(cfg Config) http.Handler {
	if cfg.Access == nil {
		cfg.Access = access.OnlyToken(cfg.Token)
	}
	s := &server{cfg: cfg, crossOrigin: http.NewCrossOriginProtection(), lists: listsOf(cfg.Engine)}
	gin.SetMode(gin.ReleaseMode)
	g := gin.New()
	g.HandleMethodNotAllowed = true
	g.Use(gin.CustomRecovery(func(c *gin.Context, _ any) {
		fail(c, http.StatusInternalServerError, "the engine failed to answer; please report it")
	}), guard)
	for _, r := range s.routes() {
		g.Handle(r.method, r.path, s.guarded(always(&r), r.handle)...)
	}
	if cfg.Compatible != nil {
		g.Any("/lua/*path", s.guarded(compatible, gin.WrapH(cfg.Compatible))...)
	}
	nothing := always(&route{reads: true})
	g.NoRoute(s.guarded(nothing, func(c *gin.Context) {
		fail(c, http.StatusNotFound, "there is nothing here; /api/v1/openapi.json lists what there is")
	})...)
	g.NoMethod(s.guarded(nothing, func(c *gin.Context) {
		fail(c, http.StatusMethodNotAllowed, "this cannot be done here; /api/v1/openapi.json lists what can")
	})...)
	return g
}

// compatible is what a path of ntopng's REST API takes: /lua/rest/v2/get/... and
// /lua/pro/rest/v2/get/... read, whatever the method; anything else is taken to write.
func compatible(c *gin.Context) *route {
	_, action, _ := strings.Cut(c.Param("path"), "/rest/v2/")
	return &route{method: http.MethodPost, reads: strings.HasPrefix(action, "get/") || strings.HasPrefix(action, "connect/")}
}

// guard sets what keeps browsers from making more of an answer than it is.
func guard(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	if c.Request.TLS != nil { // elsewhere browsers have to ignore it (RFC 6797 section 7.2)
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// problem tells what went wrong (RFC 9457).
type problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

// fail ends a request with a problem.
func fail(c *gin.Context, status int, detail string) {
	c.Abort()
	c.Header("Content-Type", "application/problem+json")
	c.PureJSON(status, problem{Title: http.StatusText(status), Status: status, Detail: detail})
}
