-- A script for flows in the style of ntopng's samples (hook: periodic).

function show_flow()
   local dirs = ntop.getDirs()
   package.path = dirs.installdir .. "/scripts/lua/modules/?.lua;" .. package.path
   require "lua_utils"

   local info = {}

   info.cli, info.cli_port   = flow.cli(), flow.cli_port()
   info.srv, info.srv_port   = flow.srv(), flow.srv_port()
   info.protocol             = flow.protocol()
   info.vlan_id              = flow.vlan_id()
   info.is_oneway            = flow.is_oneway()
   info.is_unicast           = flow.is_unicast()
   info.cli2srv_bytes        = flow.cli2srv_bytes()
   info.srv2cli_bytes        = flow.srv2cli_bytes()
   info.bytes                = flow.bytes()
   info.l7_master_proto      = flow.l7_master_proto()
   info.l7_proto             = flow.l7_proto()
   info.l7_proto_name        = flow.l7_proto_name()
   info.direction            = flow.direction()
   info.http                 = flow.http()
   info.dns                  = flow.dns()
   info.ssh                  = flow.ssh()
   info.tls                  = flow.tls_quic()

   io.write("-- periodic --\n")
   tprint(info)
end

function key()
   return "[ ".. flow.protocol() .. " ]" .. flow.cli() .. ":" .. flow.cli_port() .. " <-> ".. flow.srv() .. ":" .. flow.srv_port()
end

show_flow()

if(flow.srv_port() == 22 and flow.ssh()["protos.ssh.client_signature"]) then
   flow.triggerAlert(102, "periodic " .. key())
end

return(0)
