-- KEYS head, edits; ARGV epoch, bytes, channel. Stores a record as the next of the room's board and tells the nodes of it.
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return false end
local n = redis.call('HINCRBY', KEYS[1], 'n', 1)
redis.call('XADD', KEYS[2], n .. '-0', 'b', ARGV[2])
redis.call('PUBLISH', ARGV[3], 'n' .. n)
return n
