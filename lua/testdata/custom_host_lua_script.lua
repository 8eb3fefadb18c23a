-- A script for hosts in the style of ntopng's sample: it uses every function of the host
-- API as scripts written for ntopng do.

local function show_host()
   local dirs = ntop.getDirs()
   package.path = dirs.installdir .. "/scripts/lua/modules/?.lua;" .. package.path
   require "lua_utils"

   local info = {
      ip = host.ip(), mac = host.mac(), name = host.name(), vlan_id = host.vlan_id(),
      is_local = host.is_local(), is_unicast = host.is_unicast(), is_multicast = host.is_multicast(), is_broadcast = host.is_broadcast(),
      is_blacklisted = host.is_blacklisted(), is_rx_only = host.is_rx_only(),
      bytes_sent = host.bytes_sent(), bytes_rcvd = host.bytes_rcvd(), bytes = host.bytes(), score = host.score(), l7 = host.l7(),
      first = host.isFirstCheckRun(), one_way = host.getUnidirectionalTCPUDPFlowsStats(),
      servers = host.getNumContactedPeersAsClientTCPUDPNoTX(), clients = host.getNumContactsFromPeersAsServerTCPUDPNoTX(),
      ports = host.getNumContactedTCPUDPServerPortsNoTX(),
   }
   io.write(os.date("%d/%m/%Y %H:%M:%S") .. " - " .. host.ip() .. "\n")
   tprint(info)
end

if(host.is_unicast() and host.is_local()) then
   show_host()

   for proto, stats in pairs(host.l7().ndpi) do
      if((proto == "DNS") and (stats["bytes.sent"] + stats["bytes.rcvd"] > 0) and (stats.num_flows >= 0)) then
	 local score   = 100
	 local message = proto .. " " .. stats.breed .. " " .. stats["packets.sent"] .. "/" .. stats["packets.rcvd"] .. " in " .. stats.duration .. " s"

	 host.triggerAlert(score, message)
      end
   end

   host.resetHostContacts()
end

-- Once is enough
host.skipVisitedHost()

return(0)
