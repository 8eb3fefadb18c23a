"""Calls each method of the official ntopng client, unmodified, on an engine that runs.

usage: conformance.py URL TOKEN PASSWORD EXPECTED.json PHASE

What the capture contains comes in EXPECTED.json, counted by another decoder. PHASE is
"live", while flows go on, or "ended", when the history has all of them.
"""

import json
import math
import sys
import time
from collections import Counter

from ntopng.ntopng import Ntopng

url, token, password, path, phase = sys.argv[1:]
with open(path) as f:
    expected = json.load(f)

ntop = Ntopng(None, None, token, url)
by_password = Ntopng("admin", password, None, url)
by_token_as_password = Ntopng("admin", token, None, url)
try:
    Ntopng("admin", "wrong", None, url)
    sys.exit("a wrong password is let in")
except ValueError:
    pass

host = expected["host"]
addresses = {key.split("@")[0] for key in expected["hosts"]}
interface = ntop.get_interface(0)
historical = ntop.get_historical_interface("0")  # get_host_top_protocols takes no number
begin, end = expected["begin"] - 3600, expected["end"] + 7200
now = int(time.time())


def check(condition, *what):
    if not condition:
        raise AssertionError(" ".join(map(repr, what))[:2000])


def equal(got, want, what):
    check(got == want, what, "is", got, "and should be", want)


def key(h):
    return h["ip"] + (f"@{h['vlan']}" if h["vlan"] else "")


def later(path, **params):
    """Asks what methods of later clients than PyPI's ask."""
    return ntop.request(ntop.rest_v2_url + path, params)


def constants():
    types = ntop.get_alert_types()
    check(types and all(isinstance(t["type"], str) and isinstance(t["key"], int) for t in types), types)
    equal(later("/get/alert/type/consts.lua", ifid=0), types, "alert types")
    severities = {s["severity"]: s["id"] for s in ntop.get_alert_severities()}
    equal(severities["none"], 0, "none")
    equal(severities["error"], 5, "error")
    equal(severities["emergency"], 8, "emergency")
    equal(later("/get/alert/severity/consts.lua", ifid=0), ntop.get_alert_severities(), "severities")
    protocols = {p["name"]: p for p in later("/get/l7/application/consts.lua")}
    equal(protocols["TLS"]["appl_id"], 91, "TLS")
    equal(protocols["DNS"]["appl_id"], 5, "DNS")
    categories = {c["name"]: c for c in later("/get/l7/category/consts.lua")}
    equal(categories["Web"]["cat_id"], 5, "Web")
    check({"name": "TLS", "id": "91"} in categories["Web"]["app_list"], categories["Web"])
    l4 = {p["name"]: p for p in later("/get/l4/protocol/consts.lua")}
    equal(l4["TCP"], {"name": "TCP", "other": "tcp", "id": 6}, "TCP")


def interfaces():
    found = ntop.get_interfaces_list()
    equal([i["ifid"] for i in found], [0], "interfaces")
    equal(by_password.get_interfaces_list(), found, "interfaces by password")
    equal(by_token_as_password.get_interfaces_list(), found, "interfaces by a token as password")
    equal(ntop.get_host_interfaces_list(host), {host: [{"ifid": 0}]}, "interfaces of a host")
    data = interface.get_data()
    for name in ("packets", "bytes"):
        equal(data[name], expected[name], name)
    equal(sorted(map(key, interface.get_active_hosts())), sorted(expected["hosts"]), "hosts")
    equal(data["num_hosts"], len(expected["hosts"]), "number of hosts")
    equal(data["num_local_hosts"], expected["local_hosts"], "local hosts")
    for name in ("num_flows", "num_local_hosts_anomalies", "alerted_flows", "alerted_flows_warning", "alerted_flows_error"):
        check(isinstance(data[name], int), name)
    check(isinstance(interface.get_address()["addresses"], list))
    check("bcast_domains" in interface.get_broadcast_domains())


def hosts():
    active = interface.get_active_hosts()
    equal(len(active), len(expected["hosts"]), "active hosts")
    for h in active:
        want = expected["hosts"][key(h)]
        equal((h["bytes"]["sent"], h["bytes"]["recvd"]), (want["sent"], want["rcvd"]), h["ip"])
        equal(h["bytes"]["total"], want["sent"] + want["rcvd"], h["ip"])
    traffic = [h["bytes"]["total"] for h in active]
    equal(traffic, sorted(traffic, reverse=True), "order of hosts")
    pages = []
    for page in range(1, 100):
        rsp = interface.get_active_hosts_paginated(page, 7)
        equal((rsp["currentPage"], rsp["perPage"]), (page, 7), "page")
        if not rsp["data"]:
            break
        pages += rsp["data"]
    equal([h["ip"] for h in pages], [h["ip"] for h in active], "pages of hosts")
    names = {h["name"] for h in active}
    for talkers in (interface.get_top_local_talkers(), interface.get_top_remote_talkers()):
        check(0 < len(talkers) <= 10, talkers)
        check(all(t["name"] in names and t["throughput"] > 0 for t in talkers), talkers)
    data = later("/get/host/data.lua", ifid=0, host=host)
    one = interface.get_host(host)
    equal(one.get_host_data(), data, "host data")
    want = expected["hosts"][host]
    equal((data["bytes.sent"], data["bytes.rcvd"]), (want["sent"], want["rcvd"]), "bytes of the host")
    equal((data["packets.sent"], data["packets.rcvd"]), (want["packets_sent"], want["packets_rcvd"]), "packets of the host")
    l7 = one.get_l7_stats()
    check(0 < sum(p["value"] for p in l7) <= want["sent"] + want["rcvd"], l7, host, data)
    equal(sum(c["value"] for c in one.get_dscp_stats(True)), want["packets_sent"], "packets by DSCP")
    equal(sum(c["value"] for c in interface.get_dscp_stats()), expected["ip_packets"], "packets by DSCP")


def flows():
    count = interface.get_data()["num_flows"]
    check(count > 0, "no active flows")
    rsp = interface.get_active_flows_paginated(1, 10000)
    equal(rsp["totalRows"], count, "active flows")
    equal(len(rsp["data"]), count, "active flows")
    for f in rsp["data"]:
        check({f["client"]["ip"], f["server"]["ip"]} <= addresses, f)
        check(math.isclose(f["breakdown"]["cli2srv"] + f["breakdown"]["srv2cli"], 100), f)
    clients, servers = (Counter((f[side]["ip"], f["vlan"]) for f in rsp["data"]) for side in ("client", "server"))
    for h in interface.get_active_hosts():
        client, server = clients[h["ip"], h["vlan"]], servers[h["ip"], h["vlan"]]
        equal(h["num_flows"], {"total": client + server, "as_client": client, "as_server": server}, h["ip"])
    numbers = {a["name"]: a["appl_id"] for a in later("/get/l7/application/consts.lua")}
    for name in ("DNS", "NTP"):
        named = [f["protocol"]["l7"] for f in later("/get/flow/active.lua", ifid=0, all=1, application=name)["data"]]
        numbered = [f["protocol"]["l7"] for f in later("/get/flow/active.lua", ifid=0, all=1, application=numbers[name])["data"]]
        check(named, "flows of", name)
        equal(numbered, named, "flows by the number of " + name)
    l4 = Counter(f["protocol"]["l4"] for f in rsp["data"])
    ids = {p["id"]: p["name"] for p in later("/get/l4/protocol/consts.lua")}
    equal({ids[c["id"]]: c["count"] for c in interface.get_active_l4_proto_flow_counters()}, dict(l4), "flows by L4")
    l7 = Counter(f["protocol"]["l7"] for f in rsp["data"])
    equal({c["name"]: c["count"] for c in interface.get_active_l7_proto_flow_counters()}, dict(l7), "flows by L7")
    equal({c["label"]: c["value"] for c in interface.get_l7_stats(100)}, dict(l7), "L7 stats")
    busy = rsp["data"][0]["client"]["ip"]
    own = interface.get_host(busy).get_active_flows_paginated(1, 10000)["data"]
    both = [f for f in rsp["data"] if busy in (f["client"]["ip"], f["server"]["ip"])]
    equal(len(own), len(both), "flows of a host")


def alerts():
    by_type = historical.get_alert_type_counters(begin, end)
    total = sum(c["count"] for c in by_type)
    check(total > 0, "no alerts")
    equal(later("/get/alert/type/counters.lua", ifid=0), by_type, "alerts by type")
    by_severity = historical.get_alert_severity_counters(begin, end)
    equal(sum(c["count"] for c in by_severity), total, "alerts by severity")
    equal(later("/get/alert/severity/counters.lua", ifid=0), by_severity, "alerts by severity")
    of_flows = interface.get_all_alerts(0, begin, end)["records"]
    equal(len(of_flows), sum(c["count"] for c in by_type if c["entity_label"] == "flow"), "alerts of flows")
    cli = of_flows[0]["cli_ip"]["ip"]
    of_client = interface.get_all_alerts(0, begin, end, cli)["records"]
    equal(len(of_client), sum(a["cli_ip"]["ip"] == cli for a in of_flows), "alerts of a client")
    for stats in (historical.get_alerts_stats(begin, end, host), historical.get_flow_alerts_stats(begin, end)):
        equal([s["name"] for s in stats], ["top_alerts_by_count", "top_alerts_by_severity"], "top alerts")
        check(all(row["count"] <= 100 and row["label"] for row in stats[0]["value"]), stats)
        check(all({"key", "title", "label", "severity_label"} <= row.keys() for row in stats[1]["value"]), stats)
    stored = 0
    for family, method in {
        "flow": historical.get_flow_alerts, "host": historical.get_host_alerts, "interface": historical.get_interface_alerts,
        "network": historical.get_network_alerts, "system": historical.get_system_alerts, "mac": historical.get_mac_alerts,
        "snmp": historical.get_snmp_alerts, "user": historical.get_user_alerts,
        "active_monitoring": historical.get_active_monitoring_alerts,
    }.items():
        rows = method(begin, now + 7200, "*", None, 10000, None, "tstamp")
        check(all(isinstance(v, str) for row in rows for v in row.values()), rows)
        equal(len(rows), sum(c["count"] for c in by_type if c["entity_label"] == family), family)
        stored += len(rows)
    equal(stored, total, "alerts of the history")
    grouped = historical.get_alerts("flow", begin, now + 7200, "alert_id, COUNT(*) AS n", "score >= 0", 100, "alert_id", "n DESC")
    equal({int(r["alert_id"]): int(r["n"]) for r in grouped}, {c["alert_id"]: c["count"] for c in by_type if c["entity_label"] == "flow"}, "grouped")


def history():
    one = historical.get_flows(begin, end, "SUM(TOTAL_BYTES) TOT, SUM(PACKETS) PKTS, COUNT(*) N", None, 1, None, None)
    equal((int(one[0]["TOT"]), int(one[0]["PKTS"])), (expected["ip_bytes"], expected["ip_packets"]), "bytes and packets of the history")
    rows = historical.get_flows(begin, end, "*", "IP_PROTOCOL_VERSION=4", 10000, None, None)
    check(rows and all(isinstance(v, str) for row in rows for v in row.values()), rows[:1])
    check(all(r["IPV4_SRC_ADDR"] in addresses for r in rows), rows[:1])
    check(all(begin <= int(r["FIRST_SEEN"]) <= int(r["LAST_SEEN"]) <= end for r in rows), rows[:1])
    where = '(IP_PROTOCOL_VERSION=4) AND IPV4_SRC_ADDR=("%s") AND (PROTOCOL=6) ' % host
    columns = "IPV4_SRC_ADDR,IPV4_DST_ADDR,PROTOCOL,IP_SRC_PORT,IP_DST_PORT,L7_PROTO,L7_PROTO_MASTER"
    own = historical.get_flows(begin, end, columns, where, 10000, "", "")
    want = [r for r in rows if r["IPV4_SRC_ADDR"] == host and r["PROTOCOL"] == "6"]
    equal(len(own), len(want), "flows of the host")
    sent = historical.get_flows(begin, end, "IPV4_DST_ADDR, SUM(SRC2DST_BYTES) S", where, 100, "IPV4_DST_ADDR_FORMATTED", "S DESC")
    equal(sum(int(r["S"]) for r in sent), sum(int(r["SRC2DST_BYTES"]) for r in want), "bytes by server")
    talk = historical.get_flows(begin, end, "SUM(TOTAL_BYTES) TOT, IP_DST_PORT", "SERVER_LOCATION=1", 10, "IP_DST_PORT", "TOT DESC")
    check(talk and int(talk[0]["TOT"]) >= int(talk[-1]["TOT"]), talk)
    top = historical.get_topk_flows(begin, end, 10, None)
    pairs = Counter()
    for r in historical.get_flows(begin, end, "*", None, 10000, None, None):
        pairs[r["IPV4_SRC_ADDR"], r["IPV4_DST_ADDR"], r["L7_PROTO"]] += int(r["TOTAL_BYTES"])
    equal([int(r["BYTES"]) for r in top], [n for _, n in pairs.most_common(10)], "top flows")
    conversations = historical.get_top_conversations(begin, end, host)
    check(0 < len(conversations) <= 10, conversations)
    check(all(host in (c["cli_ip"]["ip"], c["srv_ip"]["ip"]) and c["bytes"] > 0 and c["cli_name"] and c["srv_name"] for c in conversations), conversations)
    protocols = historical.get_host_top_protocols(host, begin, end)
    want = expected["hosts"][host]
    check(0 < sum(p["total"] for p in protocols) <= want["sent"] + want["rcvd"], protocols)


def timeseries():
    flows = historical.get_interface_timeseries("iface:flows", now - 600, now + 20)
    check(list(flows.columns) == ["num_flows"] and flows["num_flows"].max() > 0, flows)
    traffic = historical.get_timeseries("host:traffic", "ifid:0,host:" + host, now - 600, now)
    equal(list(traffic.columns), ["bytes_sent", "bytes_rcvd"], "columns")
    stats = historical.get_interface_timeseries_stats("iface:traffic_rxtx", now - 600, now)
    equal(len(stats["by_serie"]), 2, "series")
    check(all("total" in s for s in stats["by_serie"]), stats)
    check(historical.get_host_timeseries(host, "host:traffic", now - 600, now).shape == traffic.shape)
    check("by_serie" in historical.get_host_timeseries_stats(host, "host:traffic", now - 600, now))
    check("iface:traffic" in {m["schema"] for m in historical.get_timeseries_metadata()})


def errors():
    for path, status in {"/get/host/data.lua?ifid=0&host=192.0.2.99": 404, "/get/interface/data.lua?ifid=77": 400, "/get/nothing.lua": 404}.items():
        rsp = ntop.issue_request(url + ntop.rest_v2_url + path, None)
        equal(rsp.status_code, status, path)
        check(rsp.json()["rc"] < 0, path)


constants()
interfaces()
hosts()
timeseries()
errors()
if phase == "live":
    flows()
    interface.self_test()
    historical.self_test(host)
else:
    alerts()
    history()
