-- KEYS head and everything else of the room. Removes it all.
local found = redis.call('EXISTS', KEYS[1])
redis.call('DEL', unpack(KEYS))
return found
