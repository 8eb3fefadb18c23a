-- @hook host
-- @off
-- @detects Hosts of the local network that were not seen before
-- @tune List the hardware addresses that are known
-- @param known [] Hardware addresses, as aa:bb:cc:dd:ee:ff
if host.isFirstCheckRun() and host.is_local() and host.is_unicast() and host.mac() ~= "" then
   local mac, known = host.mac():lower(), false
   for _, m in ipairs(config.known) do
      known = known or m:lower() == mac
   end
   if not known then
      host.triggerAlert(50, mac .. " is new" .. (host.name() ~= "" and ": " .. host.name() or ""))
   end
end
