package rest

import (
	"bytes"
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

// TestAnswersAreAsDescribed asks for everything, and holds the answers against the
// description that the server gives of them.
func TestAnswersAreAsDescribed(t *testing.T) {
	t.Parallel()
	h, live := served(t, t.TempDir())
	file := pcap(t, live.Frames[:50])
	// What the routes about them tell of is there.
	require.Equal(t, http.StatusOK, ask(t, h, http.MethodPut, "/api/v1/scripts/loud.lua", loud).Code)
	analysed(t, h, "office.pcap", file)
	description := ask(t, h, http.MethodGet, "/api/v1/openapi.json", "")
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(description.Body.Bytes()))
	require.NoError(t, err)
	schemas := jsonschema.NewCompiler()
	require.NoError(t, schemas.AddResource("openapi.json", doc))
	routes := (&server{}).routes()
	slices.SortStableFunc(routes, func(a, b route) int { return deletes(a) - deletes(b) })
	for _, r := range routes {
		body := ""
		if r.body != nil {
			body = "{}"
		}
		validate := func(got reply, status, media string) {
			at := "openapi.json#/paths/" + pointer(r.template()) + "/" + method(r.method) + "/responses/" + status + "/content/" + pointer(media) + "/schema"
			schema, err := schemas.Compile(at)
			require.NoError(t, err)
			value, err := jsonschema.UnmarshalJSON(got.Body)
			require.NoError(t, err)
			require.NoError(t, schema.Validate(value), r.path)
		}
		if r.path == "/api/v1/events" {
			continue // it does not end
		}
		target := strings.NewReplacer(":ip", "192.168.10.25", ":user", "walt", ":token", "another", ":id", "1000", ":name", "port_scan", ":file", "loud.lua").Replace(r.path)
		headers := []string{}
		switch r.method + " " + r.path {
		case "POST /api/v1/history/query":
			body = `{"sql":"SELECT cli_ip, first_seen, risks FROM flows LIMIT 3"}`
		case "GET /api/v1/timeseries":
			target += "?schema=iface:flows"
		case "PUT /api/v1/scripts/:file":
			body = loud
		case "POST /api/v1/captures":
			body = file
		case "POST /api/v1/scripts/dry-run":
			headers = []string{"Content-Type", ""}
			body, headers[1] = form(t, "check", "port_scan", "capture@x.pcap", file)
		default:
			body, headers = aboutAccess(&r, body)
		}
		if got := ask(t, h, r.method, target, body, headers...); r.answer == "" {
			status := cmp.Or(r.status, http.StatusOK)
			require.Equal(t, status, got.Code, "%s %s: %s", r.method, target, got.Body)
			validate(got, strconv.Itoa(status), "application/json")
		}
		if r.list {
			validate(ask(t, h, r.method, target+"?limit=none", body), "400", "application/problem+json")
		}
		if !r.open {
			validate(ask(t, h, r.method, target, body, "Authorization", ""), "401", "application/problem+json")
		}
	}
}

// deletes tells routes that delete something, which come last.
func deletes(r route) int {
	if r.method == http.MethodDelete {
		return 1
	}
	return 0
}

// pointer escapes a member's name for a JSON pointer in a URL fragment (RFC 6901).
func pointer(name string) string {
	name = string(bytes.ReplaceAll([]byte(name), []byte("~"), []byte("~0")))
	return string(bytes.ReplaceAll([]byte(name), []byte("/"), []byte("~1")))
}

func method(m string) string { return string(bytes.ToLower([]byte(m))) }
