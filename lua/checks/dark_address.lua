-- @hook host
-- @detects Local addresses that never answer but are asked for by many clients or at many ports
-- @tune Raise clients where addresses of switched-off machines are polled
-- @param clients 5 Different clients, each with the port that it asks for
if host.is_local() and host.is_rx_only() and host.getNumContactsFromPeersAsServerTCPUDPNoTX() >= config.clients then
   host.triggerAlert(60, "nobody is there, but asked for by " .. host.getNumContactsFromPeersAsServerTCPUDPNoTX() .. " different clients and ports")
end
