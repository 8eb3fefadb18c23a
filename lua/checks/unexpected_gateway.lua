-- @hook flow_detected
-- @detects Local hosts whose traffic leaves by a gateway that is not among the expected ones
-- @tune List the hardware addresses of your gateways; without a list the check is quiet
-- @param gateways [] Hardware addresses, as aa:bb:cc:dd:ee:ff
if #config.gateways > 0 and flow.srv_mac() and flow.direction() == "local@remote" then
   local expected = false
   for _, mac in ipairs(config.gateways) do
      expected = expected or mac:lower() == flow.srv_mac()
   end
   if not expected then
      flow.triggerAlert(150, flow.cli() .. " leaves by " .. flow.srv_mac())
   end
end
