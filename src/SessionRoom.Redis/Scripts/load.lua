-- KEYS head, snapshot, stream; ARGV the head's field, and where the reader stands: epoch, number.
-- Answers epoch, head, run, the snapshot's number and bytes, and the entries after it; without the snapshot where the entries behind the reader are all there.
local head = redis.call('HMGET', KEYS[1], 'epoch', ARGV[1], 'run')
if not head[1] then return false end
local known = tonumber(ARGV[3])
if head[1] == ARGV[2] and known <= tonumber(head[2]) and tonumber(redis.call('HGET', KEYS[2], 'at') or '0') <= known then
  return { head[1], head[2], head[3], false, false, redis.call('XRANGE', KEYS[3], (known + 1) .. '-0', '+'), ARGV[3] }
end
local snapshot = redis.call('HMGET', KEYS[2], 'at', 'bytes')
local first = (tonumber(snapshot[1] or '0') + 1) .. '-0'
return { head[1], head[2], head[3], snapshot[1], snapshot[2], redis.call('XRANGE', KEYS[3], first, '+'), '0' }
