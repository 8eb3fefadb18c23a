-- @hook host
-- @detects Local addresses that never answer but are asked by many
-- @tune Raise clients where addresses of switched-off machines are polled
-- @param clients 5 Different clients
if host.is_local() and host.is_rx_only() and host.getNumContactsFromPeersAsServerTCPUDPNoTX() >= config.clients then
   host.triggerAlert(60, host.getNumContactsFromPeersAsServerTCPUDPNoTX() .. " clients ask for an address where nobody is")
end
