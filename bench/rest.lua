-- Requests of many users, each for something else than the one before.
local paths = {
   hosts = { "sort=-bytes_sent", "sort=-bytes_rcvd", "sort=ip", "sort=-last_seen", "is_local=true", "is_local=false", "bytes_rcvd>=100", "ip=198.18.0.0/16", "sort=-throughput", "sort=peers" },
   flows = { "sort=-bytes", "sort=-packets", "sort=cli_ip", "sort=-duration", "l4_proto=TCP", "srv_port=443", "bytes>=100", "cli_ip=10.0.0.0/16", "sort=-first_seen", "sort=srv_ip" },
}
local path, queries, n = "/api/v1/hosts", paths.hosts, 0

function init(args)
   path, queries = "/api/v1/" .. args[1], paths[args[1]]
   wrk.headers["Authorization"] = "Token " .. args[2]
end

function request()
   n = n + 1
   return wrk.format("GET", path .. "?limit=100&" .. queries[n % #queries + 1])
end
