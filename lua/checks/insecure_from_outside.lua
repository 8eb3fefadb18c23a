-- @hook flow_detected
-- @detects Services of local hosts that are used from outside without encryption
-- @tune Take protocols off the list that are meant to be public
-- @param protocols [Telnet, RSH, FTP_CONTROL, TFTP, POP3, IMAP, SNMP, SMBv1, RESP, MySQL, MongoDB, LDAP, VNC] Protocols by the names of protocols.md; RESP is that of Redis
if flow.direction() == "remote@local" then
   for _, name in ipairs(config.protocols) do
      if name:lower() == (flow.l7_master() or ""):lower() then
         flow.triggerAlert(150, flow.cli() .. " uses " .. flow.l7_master() .. " of " .. flow.srv())
      end
   end
end
