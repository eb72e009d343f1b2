-- KEYS head, report, outbox; ARGV most. Whether the room is there, whether its board was written since the last report, and the oldest events that wait to be moved.
-- Where there is no room: when that was found, by this shard's clock in ms.
local head, report = redis.call('HMGET', KEYS[1], 'epoch', 'n'), redis.call('HMGET', KEYS[2], 'epoch', 'n')
if not head[1] then
  local time = redis.call('TIME')
  return { 0, tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000), {} }
end
local behind = tonumber(head[2]) > 0 and (report[1] ~= head[1] or tonumber(report[2]) < tonumber(head[2]))
return { 1, behind and 1 or 0, redis.call('XRANGE', KEYS[3], '-', '+', 'COUNT', ARGV[1]) }
