-- @hook flow_end
-- @detects Servers of local networks whose certificate is about to expire
-- @tune Lower days to what a renewal takes
-- @param days 14 Days
if flow.tls_cert_not_after() and (flow.direction() == "local@local" or flow.direction() == "remote@local") then
   local left = (flow.tls_cert_not_after() - flow.last_seen()) / 86400
   if left > 0 and left < config.days then
      flow.triggerAlert(50, string.format("the certificate of %s expires in %.1f days", flow.server_name() or flow.srv(), left))
   end
end
