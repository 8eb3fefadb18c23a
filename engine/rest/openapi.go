package rest

import (
	"cmp"
	"maps"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine/field"
)

// schema is a JSON schema (draft 2020-12), as OpenAPI 3.1 uses.
type schema map[string]any

func text(about string) schema    { return described("string", about) }
func integer(about string) schema { return described("integer", about) }
func decimal(about string) schema { return described("number", about) }

func described(kind, about string) schema {
	s := schema{"type": kind}
	if about != "" {
		s["description"] = about
	}
	return s
}

// object is a schema with these members and no others; optional names those that may be
// missing.
func object(members map[string]schema, optional ...string) schema {
	required := []string{}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if !slices.Contains(optional, name) {
			required = append(required, name)
		}
	}
	return schema{"type": "object", "properties": members, "required": required, "additionalProperties": false}
}

func arrayOf(items schema) schema { return schema{"type": "array", "items": items} }

// rowsOf is a list of objects with these members.
func rowsOf(members map[string]schema, optional ...string) schema {
	return object(map[string]schema{"rows": arrayOf(object(members, optional...))})
}

// record is the schema of a row of a scope; any field may be left out by `columns`.
func record(scope field.Scope) schema {
	members := make(map[string]schema)
	var names []string
	for _, f := range field.Of(scope) {
		m := valueOf(f.Kind)
		m["description"] = f.Doc
		members[f.Name] = m
		names = append(names, f.Name)
	}
	return object(members, names...)
}

func valueOf(k field.Kind) schema {
	switch k {
	case field.Bool:
		return schema{"type": "boolean"}
	case field.Float64, field.Duration:
		return schema{"type": "number"}
	case field.Time:
		return schema{"type": "string", "format": "date-time"}
	case field.StringList:
		return schema{"type": "array", "items": schema{"type": "string"}}
	case field.String, field.IP, field.MAC:
		return schema{"type": "string"}
	default:
		return schema{"type": "integer", "minimum": 0, "maximum": uint64(math.MaxUint64)}
	}
}

func (s *server) openAPI(c *gin.Context) { c.JSON(http.StatusOK, s.describe()) }

// describe makes the OpenAPI 3.1 description of the routes.
func (s *server) describe() schema {
	paths, schemas := make(map[string]schema), map[string]schema{
		"problem": object(map[string]schema{"title": text(""), "status": integer(""), "detail": text("")}),
	}
	for _, r := range s.routes() {
		if r.list {
			schemas[r.lists.String()] = record(r.lists)
		}
		path := paths[r.template()]
		if path == nil {
			path = schema{}
			paths[r.template()] = path
		}
		path[strings.ToLower(r.method)] = r.describe()
	}
	return schema{
		"openapi": "3.1.0",
		"info":    schema{"title": "Flowloom", "version": s.cfg.Version, "license": schema{"name": "Apache-2.0", "identifier": "Apache-2.0"}},
		"paths":   paths,
		"components": schema{
			"schemas":         schemas,
			"securitySchemes": securitySchemes(),
		},
		"security": credentialsOf(true),
	}
}

// securitySchemes are the ways to show who asks.
func securitySchemes() schema {
	key := func(in, name, about string) schema {
		return schema{"type": "apiKey", "in": in, "name": name, "description": about}
	}
	return schema{
		"bearer":  schema{"type": "http", "scheme": "bearer", "description": "a token"},
		"token":   key("header", "Authorization", "a token, as Token ..."),
		"basic":   schema{"type": "http", "scheme": "basic", "description": "a user and the password"},
		"session": key("cookie", "flowloom", "what /api/v1/login gave; its name is __Host-flowloom under TLS"),
		"csrf":    key("header", csrfHeader, "the csrf_token of the session"),
	}
}

// credentialsOf are those that an operation takes, one of them. With a cookie anything but
// a safe method takes a second proof.
func credentialsOf(safe bool) []schema {
	session := schema{"session": []string{}}
	if !safe {
		session["csrf"] = []string{}
	}
	return []schema{{"bearer": []string{}}, {"token": []string{}}, {"basic": []string{}}, session}
}

// template is the path as OpenAPI writes it: /hosts/{ip} for gin's /hosts/:ip.
func (r *route) template() string {
	parts := strings.Split(r.path, "/")
	for i, part := range parts {
		if name, ok := strings.CutPrefix(part, ":"); ok {
			parts[i] = "{" + name + "}"
		}
	}
	return strings.Join(parts, "/")
}

func (r *route) describe() schema {
	bad := schema{"description": "It cannot be done", "content": schema{"application/problem+json": schema{"schema": reference("problem")}}}
	responses := schema{strconv.Itoa(cmp.Or(r.status, http.StatusOK)): schema{"description": "Done", "content": r.content()}}
	op := schema{"summary": r.summary, "responses": responses}
	fails := slices.Clone(r.fails)
	switch {
	case r.open:
		op["security"] = []schema{}
	default:
		fails = append(fails, http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusServiceUnavailable)
		if !safe(r.method) {
			op["security"] = credentialsOf(false)
		}
	}
	var all []schema
	if r.list {
		all = parameters(r.lists)
	}
	if all = append(all, r.parameters...); len(all) > 0 {
		op["parameters"] = all
		fails = append(fails, http.StatusBadRequest)
	}
	if r.named {
		fails = append(fails, http.StatusNotFound)
	}
	if r.history {
		fails = append(fails, http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusServiceUnavailable)
	}
	if r.body != nil {
		fails = append(fails, http.StatusBadRequest)
		op["requestBody"] = schema{"required": true, "content": schema{cmp.Or(r.media, "application/json"): schema{"schema": r.body}}}
	}
	for _, status := range fails {
		responses[strconv.Itoa(status)] = bad
	}
	return op
}

func reference(name string) schema { return schema{"$ref": "#/components/schemas/" + name} }

func (r *route) content() schema {
	if !r.list {
		media := r.answer
		if media == "" {
			media = "application/json"
		}
		content := schema{media: schema{"schema": r.schema}}
		if r.arrow {
			content[arrowType] = schema{"schema": schema{"type": "string", "format": "binary"}}
		}
		return content
	}
	list := object(map[string]schema{
		"rows": {"type": "array", "items": reference(r.lists.String())}, "total": integer("how many match"), "next": text("the cursor of the next page"),
	}, "next")
	return schema{"application/json": schema{"schema": list}, arrowType: schema{"schema": schema{"type": "string", "format": "binary"}}}
}

// one is a parameter.
func one(name, about string, s schema) schema {
	return schema{"name": name, "in": "query", "description": about, "schema": s}
}

// parameters are those of a list. Any field is one, too.
func parameters(scope field.Scope) []schema {
	all := []schema{
		one("columns", "fields to return, as name,...", text("")),
		one("sort", "fields to sort by, as name,...; -name for descending", text("")),
		one("limit", "rows to return", schema{"type": "integer", "minimum": 0, "maximum": maxLimit, "default": defaultLimit}),
		one("cursor", "where to go on: next of the page before, in the same sort", text("")),
	}
	for _, f := range field.Of(scope) {
		all = append(all, one(f.Name, "only rows with this value; name!=, name>=, name<= and name~= (contains) compare otherwise", text("")))
	}
	return all
}
