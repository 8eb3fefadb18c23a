-- @hook flow_end
-- @detects Logins that cross the network unencrypted
-- @tune Exclude hosts whose logins guard nothing
for _, risk in ipairs(flow.risks() or {}) do
   if risk == "Clear-Text Credentials" then
      flow.triggerAlert(120, (flow.user_name() or "somebody") .. " logs in at " .. flow.srv() .. " by " .. flow.l7_proto_name())
   end
end
