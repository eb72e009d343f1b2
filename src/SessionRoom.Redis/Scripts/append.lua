-- KEYS head, batches; ARGV epoch, expected, bytes, channel, most. Stores a batch right behind the expected one and tells the nodes of it.
local head = redis.call('HMGET', KEYS[1], 'run', 'epoch', 'seq')
if head[1] ~= run or head[2] ~= ARGV[1] or head[3] ~= ARGV[2] then return false end
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('XADD', KEYS[2], seq .. '-0', 'b', ARGV[3])
redis.call('PUBLISH', ARGV[4], 's ' .. ARGV[1] .. ' ' .. seq .. ' ' .. (#ARGV[3] <= tonumber(ARGV[5]) and ARGV[3] or ''))
return seq
