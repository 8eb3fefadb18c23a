-- Requests of many users, each for something else than the one before.
local paths = {
   hosts = { "sort=-bytes_sent", "sort=-bytes_rcvd", "sort=ip", "sort=-last_seen", "is_local=true", "is_local=false", "bytes_rcvd>=100", "ip=198.18.0.0/16", "sort=-throughput", "sort=peers" },
   flows = { "sort=-bytes", "sort=-packets", "sort=cli_ip", "sort=-duration", "l4_proto=TCP", "srv_port=443", "bytes>=100", "cli_ip=10.0.0.0/16", "sort=-first_seen", "sort=srv_ip" },
}
local path, queries, n, first = "/api/v1/hosts", paths.hosts, 0, nil

-- Threads begin far from each other, so that no two ask the same.
local threads = 0
function setup(thread)
   thread:set("begin", threads * 1000000)
   threads = threads + 1
end

function init(args)
   path, queries = "/api/v1/" .. args[1], paths[args[1]]
   wrk.headers["Authorization"] = "Token " .. args[2]
   first = args[3] == "new" and begin -- for what nobody asked before
end

function request()
   n = n + 1
   local query = path .. "?limit=100&" .. queries[n % #queries + 1]
   if first then
      query = query .. "&last_seen>=2001-01-01T00:00:00." .. string.format("%09d", first + n) .. "Z"
   end
   return wrk.format("GET", query)
end
