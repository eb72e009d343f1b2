-- KEYS head, gone, and everything else of the room; ARGV how long it is known that the room was deleted in ms, channel. Removes it all.
-- Answers whether it was there, the feed that was told of it, and when by this shard's clock, in ms.
local found, feed = redis.call('EXISTS', KEYS[1]), redis.call('HGET', KEYS[1], 'feed')
local time = redis.call('TIME')
redis.call('DEL', unpack(KEYS))
redis.call('SET', KEYS[2], 1, 'PX', ARGV[1])
redis.call('PUBLISH', ARGV[2], 'e')
return { found, feed, tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000) }
