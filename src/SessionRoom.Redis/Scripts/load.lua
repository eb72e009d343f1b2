-- KEYS head, snapshot, stream; ARGV the head's field. Answers epoch, head, the snapshot's number and bytes, and every entry after it.
local head = redis.call('HMGET', KEYS[1], 'epoch', ARGV[1])
if not head[1] then return false end
local snapshot = redis.call('HMGET', KEYS[2], 'at', 'bytes')
local first = (tonumber(snapshot[1] or '0') + 1) .. '-0'
return { head[1], head[2], snapshot[1], snapshot[2], redis.call('XRANGE', KEYS[3], first, '+') }
