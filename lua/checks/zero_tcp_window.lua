-- @hook flow_end
-- @detects TCP connections that waited for a side which could take no more
-- @tune Raise windows where slow receivers are usual
-- @param windows 1 Segments that announce a zero window
if flow.protocol() == 6 then
   if flow.cli2srv_zero_windows() >= config.windows then
      flow.triggerAlert(30, flow.cli() .. " could take no more " .. flow.cli2srv_zero_windows() .. " times")
   elseif flow.srv2cli_zero_windows() >= config.windows then
      flow.triggerAlert(30, flow.srv() .. " could take no more " .. flow.srv2cli_zero_windows() .. " times")
   end
end
