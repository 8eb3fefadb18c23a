-- @hook flow_end
-- @detects Programs that are fetched without encryption
-- @tune Exclude the servers of updates
for _, risk in ipairs(flow.risks() or {}) do
   if risk == "Binary App Transfer" or risk == "Binary File/Data Transfer (Attempt)" then
      flow.triggerAlert(150, (flow.http_url() or flow.server_name() or flow.srv()) .. " to " .. flow.cli())
   end
end
