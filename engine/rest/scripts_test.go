package rest

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const loud = "-- @hook host\n-- @detects Anybody\n-- @param limit 5 Of what\nif host.bytes_sent() > config.limit then host.triggerAlert(150, 'loud') end\n"

func TestScriptsAreUploaded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h, live := served(t, dir)
	put := func(file, source string) reply { return ask(t, h, http.MethodPut, "/api/v1/scripts/"+file, source) }
	row := put("loud.lua", loud)
	require.Equal(t, http.StatusOK, row.Code, row.Body.String())
	require.Equal(t, "Anybody", row.object(t)["detects"])
	live.Minute(t)
	alerts := ask(t, h, http.MethodGet, "/api/v1/alerts?check=loud", "").rows(t)
	require.NotEmpty(t, alerts)
	require.Equal(t, loud, ask(t, h, http.MethodGet, "/api/v1/scripts/loud.lua", "").Body.String())

	for file, source := range map[string]string{
		"loud.lua": "-- @hook host\nthis is no Lua", "x.py": "", "Big.lua": loud, "long.lua": strings.Repeat("-", 200_000), "other.js": "export function hostMinute(",
	} {
		r := put(file, source)
		require.Equal(t, http.StatusBadRequest, r.Code, file)
		require.Contains(t, r.object(t)["detail"], "cannot")
	}
	require.Equal(t, http.StatusConflict, put("port_scan.lua", loud).Code, "a shipped check has that name")
	require.Equal(t, loud, ask(t, h, http.MethodGet, "/api/v1/scripts/loud.lua", "").Body.String(), "what is wrong changes nothing")

	require.Equal(t, http.StatusOK, put("loud.js", "export function hostMinute(host) { host.alert(20, 'louder'); }").Code)
	require.Len(t, ask(t, h, http.MethodGet, "/api/v1/scripts", "").rows(t), 1, "one check has one script")
	require.Equal(t, "JavaScript", ask(t, h, http.MethodGet, "/api/v1/checks/loud", "").object(t)["language"])

	require.Equal(t, http.StatusOK, ask(t, h, http.MethodDelete, "/api/v1/scripts/loud.js", "").Code)
	require.Equal(t, http.StatusNotFound, ask(t, h, http.MethodDelete, "/api/v1/scripts/loud.js", "").Code)
	require.Equal(t, http.StatusNotFound, ask(t, h, http.MethodGet, "/api/v1/checks/loud", "").Code)
	live.Minute(t)
	require.Empty(t, ask(t, h, http.MethodGet, "/api/v1/alerts?check=loud&status=engaged", "").rows(t))
}

func TestChecksAreSetUp(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h, live := served(t, dir)
	require.Equal(t, http.StatusOK, ask(t, h, http.MethodPut, "/api/v1/scripts/loud.lua", loud).Code)
	live.Minute(t)
	engaged := func() int {
		return len(ask(t, h, http.MethodGet, "/api/v1/alerts?check=loud&status=engaged&limit=10000", "").rows(t))
	}
	all := engaged()
	require.Greater(t, all, 10)
	set := func(body string) reply {
		r := ask(t, h, http.MethodPut, "/api/v1/checks/loud", body)
		live.Minute(t)
		return r
	}
	changed := set(`{"score": 33, "exclude": {"hosts": ["192.168.0.0/16"]}, "params": {"limit": 7}}`).object(t)
	require.InDelta(t, 33, changed["score"], 0)
	require.Equal(t, []any{map[string]any{"name": "limit", "value": 7.0, "default": 5.0, "about": "Of what"}}, changed["params"])
	require.Less(t, engaged(), all)
	require.Positive(t, engaged())
	require.Equal(t, false, set(`{"enabled": false}`).object(t)["enabled"])
	require.Zero(t, engaged())
	require.Equal(t, true, set(`{"enabled": true, "exclude": {}, "params": {"limit": null}}`).object(t)["enabled"])
	require.Equal(t, all, engaged())
	for body, why := range map[string]string{
		`{"params": {"limit": "much"}}`: "as in its default 5", `{"params": {"limits": 1}}`: "it has limit", `{"score": 256}`: "cannot read the request: score cannot be a number 256",
		`{"exclude": {"hosts": ["x"]}}`: "neither an address nor a network", `{"on": true}`: "unknown field",
	} {
		r := set(body)
		require.Equal(t, http.StatusBadRequest, r.Code, body)
		require.Contains(t, r.object(t)["detail"], why)
	}
	require.Equal(t, http.StatusNotFound, ask(t, h, http.MethodPut, "/api/v1/checks/quiet", "{}").Code)
	require.Equal(t, all, engaged(), "what was refused changed nothing")
}

func TestScriptsAndSettingsSurviveARestart(t *testing.T) { //nolint:tparallel // one engine after the other
	t.Parallel()
	dir := t.TempDir()
	before, _ := served(t, dir)
	for target, body := range map[string]string{"checks/port_scan": `{"enabled": false}`, "scripts/loud.lua": loud} {
		require.Equal(t, http.StatusOK, ask(t, before, http.MethodPut, "/api/v1/"+target, body).Code)
	}
	require.Equal(t, http.StatusOK, ask(t, before, http.MethodPut, "/api/v1/checks/loud", `{"params": {"limit": 9}}`).Code)
	h, _ := served(t, dir) // another engine, as after a restart
	row := ask(t, h, http.MethodGet, "/api/v1/checks/loud", "").object(t)
	require.Equal(t, []any{map[string]any{"name": "limit", "value": 9.0, "default": 5.0, "about": "Of what"}}, row["params"])
	require.Equal(t, false, ask(t, h, http.MethodGet, "/api/v1/checks/port_scan", "").object(t)["enabled"])
	require.WithinDuration(t, time.Now(), modified(t, h), time.Hour)
}

func modified(t *testing.T, h http.Handler) time.Time {
	t.Helper()
	rows := ask(t, h, http.MethodGet, "/api/v1/scripts", "").rows(t)
	require.Len(t, rows, 1)
	at, err := time.Parse(time.RFC3339, rows[0]["modified"].(string))
	require.NoError(t, err)
	return at
}
