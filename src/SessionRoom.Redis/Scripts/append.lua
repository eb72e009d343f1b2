-- KEYS head, batches, and outbox where others are told of it; ARGV epoch, expected, bytes, channel, most, then their feed, and time and bytes of each event.
-- Stores a batch right behind the expected one, with the events that wait to be moved to the feed, and tells the nodes of it.
local head = redis.call('HMGET', KEYS[1], 'run', 'epoch', 'seq')
if head[1] ~= run or head[2] ~= ARGV[1] or head[3] ~= ARGV[2] then return false end
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('XADD', KEYS[2], seq .. '-0', 'b', ARGV[3])
if ARGV[6] then redis.call('HSET', KEYS[1], 'feed', ARGV[6]) end
for i = 7, #ARGV, 2 do redis.call('XADD', KEYS[3], '*', 'a', ARGV[i], 'b', ARGV[i + 1]) end
redis.call('PUBLISH', ARGV[4], 's ' .. ARGV[1] .. ' ' .. seq .. ' ' .. (#ARGV[3] <= tonumber(ARGV[5]) and ARGV[3] or ''))
return seq
