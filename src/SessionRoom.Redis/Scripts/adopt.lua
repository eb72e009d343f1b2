-- KEYS head; ARGV epoch, run before, new epoch, channel. The log as it is holds in this run of Redis; under a new epoch where nodes may hold more of it.
local head = redis.call('HMGET', KEYS[1], 'epoch', 'run')
if head[1] ~= ARGV[1] or head[2] ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'epoch', ARGV[3], 'run', run)
if ARGV[3] ~= ARGV[1] then redis.call('PUBLISH', ARGV[4], 'e') end
return 1
