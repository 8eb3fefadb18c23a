package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/flowloom/flowloom/engine/field"
)

// checkScopes are the records that checks see, by the name of their table in Lua.
var checkScopes = []struct {
	scope    field.Scope
	lua, typ string
}{{field.Host, "host", "Host"}, {field.Flow, "flow", "Flow"}, {field.Interface, "interface", "Interface"}, {field.Network, "network", "Network"}}

// ntopngFunctions are the functions of ntopng's API that are no fields, and those fields
// that have another form there: arguments, result, meaning.
var ntopngFunctions = map[string][][4]string{
	"host": {
		{"name", "", "string", "Name of the host as its own or others' traffic told it, empty when unknown"},
		{"mac", "", "string", "Hardware address that the host's frames came from, in capital letters (AA:BB:CC:DD:EE:FF), empty when unknown"},
		{"bytes", "", "integer", "Bytes both ways"},
		{"blacklist", "", "string", "Name of the list that has the address, empty when none has"},
		{"score", "", "integer", "Sum of the scores of the host's flows"},
		{"is_unicast", "", "boolean", "Neither a group nor a broadcast address"},
		{"is_blacklisted", "", "boolean", "The address is in a blacklist"},
		{"is_rx_only", "", "boolean", "The host has received but never sent"},
		{"l7", "", "table", "{ ndpi = { NAME = { [\"bytes.sent\"], [\"bytes.rcvd\"], [\"packets.sent\"], [\"packets.rcvd\"], num_flows, duration, breed } } }"},
		{"isFirstCheckRun", "", "boolean", "The first run on this host"},
		{"getUnidirectionalTCPUDPFlowsStats", "", "table", "{ num_egress, num_ingress }: flows that nobody answered"},
		{"getNumContactedPeersAsClientTCPUDPNoTX", "", "integer", "Different servers and ports contacted in vain"},
		{"getNumContactsFromPeersAsServerTCPUDPNoTX", "", "integer", "Different clients, each with the port asked for, that contacted the host in vain"},
		{"getNumContactedTCPUDPServerPortsNoTX", "", "integer", "Different ports of the host asked for in vain"},
		{"resetHostContacts", "", "nil", "Begin to count these anew"},
		{"skipVisitedHost", "skip?, time?", "nil", "Never again on this host; with a number, not for so many seconds; with true and a time, not until then; false takes it back"},
		{"triggerAlert", "score, message", "nil", "Raise an alert; it stays engaged while the check raises it at each run"},
	},
	"flow": {
		{"cli", "", "string", "Address of the client"},
		{"srv", "", "string", "Address of the server"},
		{"protocol", "", "integer", "IP protocol number"},
		{"began", "", "number", "Time of the flow's first packet, also where it lies in an earlier record of a flow that lasts (--active-timeout)"},
		{"cli2srv_earlier_bytes", "", "integer", "Bytes on the wire from the client in earlier records of the flow"},
		{"srv2cli_earlier_bytes", "", "integer", "Bytes on the wire from the server in earlier records of the flow"},
		{"l7_master_proto", "", "integer", "nDPI's number of the protocol, 0 when unknown"},
		{"l7_proto", "", "integer", "nDPI's number of the application, or of the protocol; for the name see l7_proto_name"},
		{"l7_proto_name", "", "string", "Protocol and application by name (\"TLS.Google\")"},
		{"is_oneway", "", "boolean", "Only one side has sent"},
		{"is_unicast", "", "boolean", "Neither end is a group or broadcast address"},
		{"direction", "", "string", "local@local, local@remote, remote@local or remote2remote"},
		{"http", "", "table", "[\"protos.http.last_method\"], last_return_code, last_url, last_user_agent, last_server, server_name"},
		{"dns", "", "table", "[\"protos.dns.last_query\"], last_query_type, last_return_code, invalid_chars_in_query"},
		{"ssh", "", "table", "[\"protos.ssh.client_signature\"], server_signature, hassh.client_hash, hassh.server_hash"},
		{"tls_quic", "", "table", "[\"protos.tls_version\"], [\"protos.tls.client_requested_server_name\"], issuerDN, subjectDN, notBefore, notAfter, ja4.client_hash, ja4.client_malicious ..."},
		{"skipVisitedFlow", "skip?, time?", "nil", "Never again on this flow; with a number, not for so many seconds; with true and a time, not until then; false takes it back"},
		{"triggerAlert", "score, message", "nil", "Raise an alert, once for the flow"},
	},
	"interface": {
		{"getId", "", "integer", "Number of the interface"},
		{"getName", "", "string", "Name of the interface"},
		{"score", "", "integer", "Sum of the scores of the interface's flows"},
		{"getStats", "", "table", "{ id, name, score, num_alerts_engaged, alerted_flows, stats = { packets, bytes, drops, flows } }"},
		{"getCachedAlertValue", "key, periodicity?", "string|nil", "What setCachedAlertValue has kept"},
		{"setCachedAlertValue", "key, value, periodicity?", "nil", "Remember a value of this interface from run to run"},
		{"triggerAlert", "score, message", "nil", "Raise an alert; it stays engaged while the check raises it at each run"},
	},
	"network": {
		{"score", "", "integer", "Sum of the scores of the network's flows"},
		{"getNetworkStats", "", "table", "{ network_key, network_id, num_hosts, engaged_alerts, round_trip_time (ms), ingress, egress, inner, broadcast, alerted_flows = { as_client, as_server, total }, [\"tcpPacketStats.ingress\"] = { retransmissions, out_of_order } ..., [\"hits.syn_scan_victim\"], [\"hits.syn_flood_victim\"], [\"hits.flow_flood_victim\"] }"},
		{"select", "id", "nil", "Accepts the number of the network at hand"},
		{"getCachedAlertValue", "key, periodicity?", "string|nil", "What setCachedAlertValue has kept"},
		{"setCachedAlertValue", "key, value, periodicity?", "nil", "Remember a value of this network from run to run"},
		{"triggerAlert", "score, message", "nil", "Raise an alert; it stays engaged while the check raises it at each run"},
	},
}

func luaType(k field.Kind) string {
	switch k {
	case field.Bool:
		return "boolean"
	case field.Uint8, field.Uint16, field.Uint32, field.Uint64:
		return "integer"
	case field.Float64, field.Time, field.Duration:
		return "number"
	case field.StringList:
		return "string[]"
	default:
		return "string"
	}
}

// luaStubs writes the annotations for the Lua language server.
func luaStubs() []byte {
	var b bytes.Buffer
	b.WriteString("---@meta\n-- Generated from the field catalogue: do not edit.\n-- Times are seconds since the epoch, durations seconds. Of a field that can be nil, some records have none.\n\n" +
		"---The parameters of the check, with their defaults filled in.\n---@type table<string, any>\nconfig = {}\n\n" +
		"---Reports whether an address is in a network, or in one of a list.\n---@param ip string\n---@param networks string|string[]\n---@return boolean\nfunction in_network(ip, networks) end\n\n" +
		"---Writes a table with all that it holds to the check's log.\n---@param value any\nfunction tprint(value) end\n")
	for _, s := range checkScopes {
		fmt.Fprintf(&b, "\n---@class flowloom.%s\n%s = {}\n", s.lua, s.lua)
		own := make(map[string]bool)
		for _, f := range ntopngFunctions[s.lua] {
			own[f[0]] = true
			fmt.Fprintf(&b, "\n---%s\n", f[3])
			for arg := range strings.SplitSeq(f[1], ", ") {
				if arg != "" {
					kind := map[string]string{"score": "integer", "message": "string", "skip?": "boolean|number", "time?": "number", "id": "integer", "key": "string", "value": "any", "periodicity?": "string"}[arg]
					fmt.Fprintf(&b, "---@param %s %s\n", arg, kind)
				}
			}
			if f[2] != "nil" {
				fmt.Fprintf(&b, "---@return %s\n", f[2])
			}
			fmt.Fprintf(&b, "function %s.%s(%s) end\n", s.lua, f[0], strings.ReplaceAll(f[1], "?", ""))
		}
		for _, f := range field.Of(s.scope) {
			if own[f.Name] {
				continue
			}
			null := ""
			if f.Optional {
				null = "|nil"
			}
			fmt.Fprintf(&b, "\n---%s\n---@return %s%s\nfunction %s.%s() end\n", plain(f.Doc), luaType(f.Kind), null, s.lua, f.Name)
		}
	}
	return b.Bytes()
}

func jsType(k field.Kind) string {
	switch k {
	case field.Bool:
		return "boolean"
	case field.Uint64:
		return "number | bigint"
	case field.Uint8, field.Uint16, field.Uint32, field.Float64, field.Time, field.Duration:
		return "number"
	case field.StringList:
		return "string[]"
	default:
		return "string"
	}
}

// jsExtras are the properties that are no fields.
var jsExtras = map[string]string{
	"Host": `  /** The first run on this host */
  readonly first_run: boolean;
  /** What the host did with each application protocol */
  readonly apps: Record<string, { bytes_sent: number; bytes_rcvd: number; packets_sent: number; packets_rcvd: number; flows: number }>;
  /** Flows that nobody answered, and what was asked for in vain: servers with their ports, by clients with the port asked for, and ports of the host */
  readonly unanswered: { flows_out: number; flows_in: number; servers: number; clients: number; ports: number };
`,
	"Flow": `  /** The client is in a local network */
  readonly cli_local: boolean;
  /** The server is in a local network */
  readonly srv_local: boolean;
  /** Time of the flow's first packet, also where it lies in an earlier record of a flow that lasts (--active-timeout) */
  readonly began: number;
  /** Bytes on the wire from the client in earlier records of the flow */
  readonly cli2srv_earlier_bytes: number;
  /** Bytes on the wire from the server in earlier records of the flow */
  readonly srv2cli_earlier_bytes: number;
`,
}

// jsStubs writes the declarations for TypeScript and editors.
func jsStubs() []byte {
	var b bytes.Buffer
	b.WriteString("// Generated from the field catalogue: do not edit.\n// Times are milliseconds since the epoch, durations seconds. A number above 2^53 comes as a bigint.\n\n" +
		"/** The parameters of the check, with their defaults filled in. */\ndeclare const config: Record<string, any>;\n\n" +
		"/** Whether an address is in a network, or in one of a list. */\ndeclare function inNetwork(ip: string, networks: string | string[]): boolean;\n")
	for _, s := range checkScopes {
		fmt.Fprintf(&b, "\ninterface Flowloom%s {\n", s.typ)
		for _, f := range field.Of(s.scope) {
			null := ""
			if f.Optional {
				null = " | null"
			}
			fmt.Fprintf(&b, "  /** %s */\n  readonly %s: %s%s;\n", plain(f.Doc), f.Name, jsType(f.Kind), null)
		}
		b.WriteString(jsExtras[s.typ])
		b.WriteString("  /** Raise an alert: score 1 to 255 */\n  alert(score: number, message: string): void;\n" +
			"  /** Never again, or not for so many seconds */\n  skip(seconds?: number): void;\n}\n")
	}
	b.WriteString("\n/** A check exports one or more of these. */\ninterface FlowloomCheck {\n" +
		"  hostMinute?(host: FlowloomHost): void;\n  flowDetected?(flow: FlowloomFlow): void;\n  flowPeriodic?(flow: FlowloomFlow): void;\n" +
		"  flowEnd?(flow: FlowloomFlow): void;\n  interfaceMinute?(iface: FlowloomInterface): void;\n  networkMinute?(network: FlowloomNetwork): void;\n}\n")
	return b.Bytes()
}

// plain takes Markdown's marks out of a sentence.
func plain(doc string) string { return strings.ReplaceAll(doc, "`", "") }
