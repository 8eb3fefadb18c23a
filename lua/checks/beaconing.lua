-- @hook flow_end
-- @detects Local hosts that call the same remote server at regular intervals, as implants do
-- @tune Raise calls, or exclude the domains of updates and monitoring
-- @param calls 8 Calls before it is judged
-- @param jitter 0.1 How much the intervals may vary, as a share of their mean
-- @param shortest 5 Seconds between calls, at least
if flow.direction() == "local@remote" then
   seen, known = seen or {}, known or 0
   local key = flow.cli() .. ">" .. flow.srv() .. ":" .. flow.srv_port()
   local b = seen[key]
   if not b then
      if known == 50000 then
         seen, known = {}, 0
      end
      b = { n = 0, sum = 0, squares = 0, last = flow.first_seen() }
      seen[key], known = b, known + 1
   else
      local gap = flow.first_seen() - b.last
      if gap >= config.shortest then
         b.n, b.sum, b.squares, b.last = b.n + 1, b.sum + gap, b.squares + gap * gap, flow.first_seen()
      end
      if b.n == config.calls - 1 then
         local mean = b.sum / b.n
         local deviation = math.sqrt(math.max(b.squares / b.n - mean * mean, 0))
         if deviation < config.jitter * mean then
            flow.triggerAlert(120, string.format("%s calls %s every %.0f s", flow.cli(), flow.server_name() or flow.srv(), mean))
         end
         seen[key] = nil
         known = known - 1
      end
   end
end
