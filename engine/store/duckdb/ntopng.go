package duckdb

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// ntopngViews make `ntopng.flows`, which has the columns of ntopng's historical flows table
// in ClickHouse, with its types where they matter: addresses are numbers, times whole
// seconds, latencies microseconds, countries two letters in a number. Some functions of
// ClickHouse that its users write come along.
func ntopngViews(cfg *Config) []string {
	return []string{
		"CREATE SCHEMA IF NOT EXISTS ntopng",
		`CREATE OR REPLACE MACRO IPv4StringToNum(ip) AS (split_part(ip, '.', 1)::UINTEGER << 24) + (split_part(ip, '.', 2)::UINTEGER << 16) + (split_part(ip, '.', 3)::UINTEGER << 8) + split_part(ip, '.', 4)::UINTEGER`,
		`CREATE OR REPLACE MACRO IPv4NumToString(n) AS if(try_cast(n AS BIGINT) IS NULL, n::VARCHAR,
concat_ws('.', (try_cast(n AS BIGINT) >> 24) & 255, (try_cast(n AS BIGINT) >> 16) & 255, (try_cast(n AS BIGINT) >> 8) & 255, try_cast(n AS BIGINT) & 255))`,
		`CREATE OR REPLACE MACRO IPv6NumToString(ip) AS ip`,
		`CREATE OR REPLACE MACRO toUnixTimestamp(t) AS epoch(t)::BIGINT`,
		`CREATE OR REPLACE MACRO toDateTime(t) AS to_timestamp(t)::TIMESTAMP`,
		numbers("ntopng_protocol", cfg.Protocols),
		numbers("ntopng_category", cfg.Categories),
		`CREATE OR REPLACE MACRO ntopng_country(c) AS CASE WHEN c IS NULL THEN 0 ELSE (ascii(c) << 8) + ascii(c[2]) END`,
		`CREATE OR REPLACE MACRO ntopng_location(l) AS CASE l WHEN 'local' THEN 1 WHEN 'multicast' THEN 2 ELSE 0 END`,
		`CREATE OR REPLACE MACRO ntopng_mac(m) AS coalesce(('0x' || m[16:17] || m[13:14] || m[10:11] || m[7:8] || m[4:5] || m[1:2])::UBIGINT, 0)`,
		"CREATE OR REPLACE VIEW ntopng.flows AS SELECT " + strings.Join(ntopngColumns, ",\n") + "\nFROM main.flows",
		"CREATE OR REPLACE VIEW ntopng.flows_text AS SELECT " + strings.Join(textColumns(), ",\n") + "\nFROM main.flows",
		alertsOfNtopng,
	}
}

// textColumns make of ntopng.flows what its REST API shows: addresses as text, which they are
// here, times as seconds since 1970. What ends in _FORMATTED is what some clients group by.
func textColumns() []string {
	const client, server = "CASE ip_version WHEN 4 THEN cli_ip ELSE '0.0.0.0' END AS IPV4_SRC_ADDR", "CASE ip_version WHEN 4 THEN srv_ip ELSE '0.0.0.0' END AS IPV4_DST_ADDR"
	others := map[string]string{
		"IPV4_SRC_ADDR": client, "IPV4_DST_ADDR": server,
		"FIRST_SEEN": "epoch(date_trunc('second', first_seen))::BIGINT AS FIRST_SEEN", "LAST_SEEN": "epoch(date_trunc('second', last_seen))::BIGINT AS LAST_SEEN",
	}
	all := slices.Clone(ntopngColumns)
	for i, column := range all {
		name := column[strings.LastIndexByte(column, ' ')+1:]
		if other := others[name]; other != "" {
			all[i] = other
		}
	}
	return append(all, client+"_FORMATTED", server+"_FORMATTED", "cli_ip AS IP_SRC", "srv_ip AS IP_DST")
}

// alertsOfNtopng has the columns that ntopng's tables of alerts share, for all entities.
const alertsOfNtopng = `CREATE OR REPLACE VIEW ntopng.alerts AS SELECT
hash(first_seen, "check", entity, subject)::VARCHAR AS rowid,
('0x' || md5("check")[1:4])::INTEGER AS alert_id,
"check" AS alert_name,
CASE status WHEN 'engaged' THEN 2 WHEN 'acknowledged' THEN 1 ELSE 0 END AS alert_status,
0 AS interface_id,
entity,
subject,
subject AS ip,
subject AS name,
epoch(first_seen)::BIGINT AS tstamp,
epoch(last_seen)::BIGINT AS tstamp_end,
CASE severity WHEN 'info' THEN 2 WHEN 'notice' THEN 3 WHEN 'warning' THEN 4 WHEN 'error' THEN 5 WHEN 'critical' THEN 6 WHEN 'emergency' THEN 8 ELSE 0 END AS severity,
score,
"count" AS counter,
message AS description,
coalesce(label, '') AS user_label
FROM main.alerts`

// numbers makes a macro that finds a name's number, 0 for an unknown one.
func numbers(macro string, of map[string]uint16) string {
	names, values := []string{"''"}, []string{"0"}
	for _, name := range slices.Sorted(maps.Keys(of)) {
		names = append(names, "'"+strings.ReplaceAll(name, "'", "''")+"'")
		values = append(values, fmt.Sprint(of[name]))
	}
	return fmt.Sprintf("CREATE OR REPLACE MACRO %s(name) AS coalesce(map([%s], [%s])[name], 0)::USMALLINT", macro, strings.Join(names, ","), strings.Join(values, ","))
}

var ntopngColumns = []string{ //nolint:gochecknoglobals // constant
	`hash(community_id, first_seen, vlan_id, interface_id) AS FLOW_ID`,
	`ip_version AS IP_PROTOCOL_VERSION`,
	`date_trunc('second', first_seen) AS FIRST_SEEN`,
	`date_trunc('second', last_seen) AS LAST_SEEN`,
	`vlan_id AS VLAN_ID`,
	`packets AS PACKETS`,
	`bytes AS TOTAL_BYTES`,
	`cli2srv_bytes AS SRC2DST_BYTES`,
	`srv2cli_bytes AS DST2SRC_BYTES`,
	`cli2srv_packets AS SRC2DST_PACKETS`,
	`srv2cli_packets AS DST2SRC_PACKETS`,
	`cli2srv_dscp AS SRC2DST_DSCP`,
	`srv2cli_dscp AS DST2SRC_DSCP`,
	`ip_proto AS PROTOCOL`,
	`CASE ip_version WHEN 4 THEN IPv4StringToNum(cli_ip) ELSE 0 END AS IPV4_SRC_ADDR`,
	`CASE ip_version WHEN 4 THEN IPv4StringToNum(srv_ip) ELSE 0 END AS IPV4_DST_ADDR`,
	`CASE ip_version WHEN 6 THEN cli_ip ELSE '::' END AS IPV6_SRC_ADDR`,
	`CASE ip_version WHEN 6 THEN srv_ip ELSE '::' END AS IPV6_DST_ADDR`,
	`cli_port AS IP_SRC_PORT`,
	`srv_port AS IP_DST_PORT`,
	`ntopng_protocol(coalesce(l7_app, l7_master, '')) AS L7_PROTO`,
	`ntopng_protocol(coalesce(l7_master, '')) AS L7_PROTO_MASTER`,
	`ntopng_category(coalesce(l7_category, '')) AS L7_CATEGORY`,
	`coalesce(server_name, http_url, dns_query, '') AS INFO`,
	`l7_proto AS L7_PROTO_NAME`,
	`interface_id AS INTERFACE_ID`,
	`ntopng_country(cli_country) AS SRC_COUNTRY_CODE`,
	`ntopng_country(srv_country) AS DST_COUNTRY_CODE`,
	`'' AS SRC_LABEL`,
	`coalesce(server_name, '') AS DST_LABEL`,
	`ntopng_mac(cli_mac) AS SRC_MAC`,
	`ntopng_mac(srv_mac) AS DST_MAC`,
	`community_id AS COMMUNITY_ID`,
	`coalesce(cli_asn, 0) AS SRC_ASN`,
	`coalesce(srv_asn, 0) AS DST_ASN`,
	`coalesce(cli2srv_tcp_flags, 0) AS SRC2DST_TCP_FLAGS`,
	`coalesce(srv2cli_tcp_flags, 0) AS DST2SRC_TCP_FLAGS`,
	`score AS SCORE`,
	`(coalesce(cli_rtt, 0) * 1e6)::UINTEGER AS CLIENT_NW_LATENCY_US`,
	`(coalesce(srv_rtt, 0) * 1e6)::UINTEGER AS SERVER_NW_LATENCY_US`,
	`ntopng_location(cli_location) AS CLIENT_LOCATION`,
	`ntopng_location(srv_location) AS SERVER_LOCATION`,
}
