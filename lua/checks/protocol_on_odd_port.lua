-- @hook flow_end
-- @detects Protocols on ports that are not theirs
-- @tune Exclude servers that are set up that way
-- @param ignore [HTTP, TLS, QUIC, RTP, STUN, BitTorrent] Protocols that are used on any port, by the names of protocols.md
for _, risk in ipairs(flow.risks() or {}) do
   if risk == "Known Proto on Non Std Port" then
      for _, name in ipairs(config.ignore) do
         if name:lower() == (flow.l7_master() or ""):lower() then return end
      end
      flow.triggerAlert(60, flow.l7_proto_name() .. " on port " .. flow.srv_port())
   end
end
