-- KEYS feed; ARGV what: to, stop or rewind; number, and as it was seen: epoch, delivered, rewinds; channel. Sets where delivery stands; nothing where it stands elsewhere by now.
local feed = redis.call('HMGET', KEYS[1], 'epoch', 'delivered', 'rewinds')
if ARGV[1] == 'rewind' then
  redis.call('HSET', KEYS[1], 'delivered', ARGV[2])
  redis.call('HDEL', KEYS[1], 'stopped')
  redis.call('HINCRBY', KEYS[1], 'rewinds', 1)
  redis.call('PUBLISH', ARGV[6], 'r')
  return 1
end
if (feed[1] or '0') ~= ARGV[3] or (feed[2] or '0') ~= ARGV[4] or (feed[3] or '0') ~= ARGV[5] then return 0 end
if ARGV[1] == 'stop' then redis.call('HSET', KEYS[1], 'stopped', 1) else redis.call('HSET', KEYS[1], 'delivered', ARGV[2]) end
return 1
