-- @hook host
-- @detects Hosts whose address is in a blacklist
-- @tune Give the lists with --blacklists; without lists the check is quiet
if host.is_blacklisted() then
   host.triggerAlert(200, "is in the list " .. host.blacklist())
end
