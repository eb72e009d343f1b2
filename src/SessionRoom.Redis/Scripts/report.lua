-- KEYS head, report, outbox; ARGV epoch, version, n, bytes, feed, then time and bytes of each event. Stores what is said of the board as the next version, with the events of it.
local head = redis.call('HMGET', KEYS[1], 'run', 'epoch')
if head[1] ~= run or head[2] ~= ARGV[1] then return false end
if tonumber(redis.call('HGET', KEYS[2], 'version') or '0') ~= tonumber(ARGV[2]) - 1 then return false end
redis.call('HSET', KEYS[2], 'version', ARGV[2], 'epoch', ARGV[1], 'n', ARGV[3], 'bytes', ARGV[4])
redis.call('HSET', KEYS[1], 'feed', ARGV[5])
for i = 6, #ARGV, 2 do redis.call('XADD', KEYS[3], '*', 'a', ARGV[i], 'b', ARGV[i + 1]) end
return 1
