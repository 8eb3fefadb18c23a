-- @hook flow_end
-- @detects Sessions with TLS 1.1 or older
-- @tune Exclude devices that cannot be updated
local version = flow.tls_quic()["protos.tls_version"]
if version and version >= 0x0300 and version < 0x0303 then
   flow.triggerAlert(60, (flow.server_name() or flow.srv()) .. " speaks " .. flow.tls_version())
end
