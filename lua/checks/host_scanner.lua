-- @hook host
-- @detects Hosts that contact many servers and ports in vain
-- @tune Raise contacts for monitoring systems
-- @param contacts 64 Different servers and ports
if host.getNumContactedPeersAsClientTCPUDPNoTX() >= config.contacts then
   host.triggerAlert(120, "contacted " .. host.getNumContactedPeersAsClientTCPUDPNoTX() .. " servers and ports in vain")
end
