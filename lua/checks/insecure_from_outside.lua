-- @hook flow_detected
-- @detects Services of local hosts that are used from outside without encryption
-- @tune Take protocols off the list that are meant to be public
-- @param protocols [TELNET, FTP_CONTROL, TFTP, POP3, IMAP, SNMP, SMBv1, Redis, MySQL, MongoDB, LDAP, VNC, rsh] Protocols
if flow.direction() == "remote@local" then
   for _, name in ipairs(config.protocols) do
      if name:lower() == (flow.l7_master() or ""):lower() then
         flow.triggerAlert(150, flow.cli() .. " uses " .. flow.l7_master() .. " of " .. flow.srv())
      end
   end
end
