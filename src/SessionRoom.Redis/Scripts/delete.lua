-- KEYS head, gone, and everything else of the room; ARGV how long it is known that the room was deleted in ms, channel. Removes it all.
local found = redis.call('EXISTS', KEYS[1])
redis.call('DEL', unpack(KEYS))
redis.call('SET', KEYS[2], 1, 'PX', ARGV[1])
redis.call('PUBLISH', ARGV[2], 'e')
return found
