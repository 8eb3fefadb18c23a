-- @hook host
-- @detects Local hosts that open very many flows
-- @tune Raise flows for proxies and resolvers, or exclude them
-- @param flows 10000 Flows opened since the last run
if host.is_local() and host.flows_as_client() >= config.flows then
   if not before or known == 50000 then
      before, known = {}, 0
   end
   local name, opened = host.ip() .. "@" .. host.vlan_id(), host.flows_as_client()
   local last = before[name] or (host.isFirstCheckRun() and 0 or opened)
   if not before[name] then
      known = known + 1
   end
   before[name] = opened
   if opened - last >= config.flows then
      host.triggerAlert(100, "opened " .. (opened - last) .. " flows")
   end
end
