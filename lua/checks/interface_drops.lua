-- @hook interface
-- @detects Interfaces that lose packets while capturing
-- @tune Raise share where some loss does not matter
-- @param share 0.01 Share of packets
local dropped, packets = interface.dropped_packets(), interface.packets()
if packets > 0 and dropped > config.share * (packets + dropped) then
   interface.triggerAlert(100, string.format("%.1f %% of the packets were dropped", 100 * dropped / (packets + dropped)))
end
