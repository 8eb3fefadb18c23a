package rest

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOneHost(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	listed := ask(t, h, http.MethodGet, "/api/v1/hosts?limit=1&is_local=true", "").rows(t)[0]
	ip := listed["ip"].(string)
	one := ask(t, h, http.MethodGet, "/api/v1/hosts/"+ip, "")
	require.Equal(t, http.StatusOK, one.Code)
	o := one.object(t)
	require.Equal(t, listed, o["host"])
	var sent, rcvd float64
	for _, a := range o["applications"].([]any) {
		sent += a.(map[string]any)["bytes_sent"].(float64)
		rcvd += a.(map[string]any)["bytes_rcvd"].(float64)
	}
	require.Positive(t, sent)
	require.LessOrEqual(t, sent, listed["bytes_sent"], "what is told by name is part of all")
	require.LessOrEqual(t, rcvd, listed["bytes_rcvd"])
	var packets float64
	for _, c := range o["dscp"].([]any) {
		packets += c.(map[string]any)["packets"].(float64)
	}
	require.InEpsilon(t, listed["packets_sent"], packets, 1e-9)
}

func TestPeersAreThoseOfTheFlows(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	flows := ask(t, h, http.MethodGet, "/api/v1/flows?limit=10000", "").rows(t)
	require.NotEmpty(t, flows)
	ip := flows[0]["cli_ip"].(string)
	type sum struct{ flows, sent, rcvd float64 }
	want := make(map[string]sum)
	for _, f := range flows {
		sent, rcvd := f["cli2srv_bytes"].(float64), f["srv2cli_bytes"].(float64)
		other := f["srv_ip"].(string)
		switch ip {
		case f["cli_ip"]:
		case other:
			other, sent, rcvd = f["cli_ip"].(string), rcvd, sent
		default:
			continue
		}
		w := want[other]
		want[other] = sum{w.flows + 1, w.sent + sent, w.rcvd + rcvd}
	}
	got := make(map[string]sum)
	for _, p := range ask(t, h, http.MethodGet, "/api/v1/hosts/"+ip+"/peers", "").rows(t) {
		got[p["ip"].(string)] = sum{p["flows"].(float64), p["bytes_sent"].(float64), p["bytes_rcvd"].(float64)}
	}
	require.Equal(t, want, got)
}

func TestHostsThatAreNotThere(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	require.Equal(t, http.StatusNotFound, ask(t, h, http.MethodGet, "/api/v1/hosts/203.0.113.99", "").Code)
	require.Equal(t, http.StatusBadRequest, ask(t, h, http.MethodGet, "/api/v1/hosts/nobody", "").Code)
	require.Equal(t, http.StatusBadRequest, ask(t, h, http.MethodGet, "/api/v1/hosts/192.0.2.1?vlan_id=4096", "").Code)
	require.Empty(t, ask(t, h, http.MethodGet, "/api/v1/hosts/203.0.113.99/peers", "").rows(t))
}

func TestDSCPOfAll(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	var classes, hosts float64
	for _, c := range ask(t, h, http.MethodGet, "/api/v1/dscp", "").rows(t) {
		classes += c["packets"].(float64)
	}
	for _, host := range ask(t, h, http.MethodGet, "/api/v1/hosts?limit=10000&columns=packets_sent", "").rows(t) {
		hosts += host["packets_sent"].(float64)
	}
	require.InEpsilon(t, hosts, classes, 1e-9)
}

func TestAlertCountersTypesAndRelease(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	alerts := ask(t, h, http.MethodGet, "/api/v1/alerts?limit=10000", "").rows(t)
	require.NotEmpty(t, alerts)
	sum := 0.0
	for _, c := range ask(t, h, http.MethodGet, "/api/v1/alerts/counters", "").rows(t) {
		sum += c["alerts"].(float64)
	}
	require.InEpsilon(t, float64(len(alerts)), sum, 1e-9)
	types := make(map[any][]any)
	for _, kind := range ask(t, h, http.MethodGet, "/api/v1/alerts/types", "").rows(t) {
		types[kind["check"]] = kind["entities"].([]any)
	}
	engaged := 0
	for _, a := range alerts {
		require.Contains(t, types[a["check"]], a["entity"])
		if a["status"] == "engaged" {
			engaged++
		}
	}
	require.Positive(t, engaged)
	require.InEpsilon(t, float64(engaged), ask(t, h, http.MethodPost, "/api/v1/alerts/release", "{}").object(t)["released"], 1e-9)
	require.Empty(t, ask(t, h, http.MethodGet, "/api/v1/alerts?status=engaged", "").rows(t))
}
