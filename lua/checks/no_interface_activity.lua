-- @hook interface
-- @detects Interfaces that fell silent
-- @tune Raise minutes where silence is usual
-- @param minutes 3 Runs in a row without a packet
before, silent = before or {}, silent or {}
local name = interface.name()
local idle = before[name] == interface.packets() and (silent[name] or 0) + 1 or 0
before[name], silent[name] = interface.packets(), idle
if idle >= config.minutes then
   interface.triggerAlert(100, "no packet for " .. idle .. " minutes")
end
