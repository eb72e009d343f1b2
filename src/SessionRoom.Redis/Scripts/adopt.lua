-- KEYS head; ARGV epoch, run before, new epoch, channel. The log as it is holds in this run of Redis, under a new epoch: nodes may have held more of it.
local head = redis.call('HMGET', KEYS[1], 'epoch', 'run', 'seq')
if head[1] ~= ARGV[1] or head[2] ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'epoch', ARGV[3], 'run', run, 'before', ARGV[1], 'from', head[3])
redis.call('PUBLISH', ARGV[4], 'e')
return 1
