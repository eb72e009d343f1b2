-- KEYS head, edits; ARGV epoch, expected or nothing, bytes, channel, most. Stores a record as the next of the room's board and tells the nodes of it.
local head = redis.call('HMGET', KEYS[1], 'run', 'epoch', 'n')
if head[1] ~= run or head[2] ~= ARGV[1] or (ARGV[2] ~= '' and head[3] ~= ARGV[2]) then return false end
local n = redis.call('HINCRBY', KEYS[1], 'n', 1)
redis.call('XADD', KEYS[2], n .. '-0', 'b', ARGV[3])
redis.call('PUBLISH', ARGV[4], 'n ' .. ARGV[1] .. ' ' .. n .. ' ' .. (#ARGV[3] <= tonumber(ARGV[5]) and ARGV[3] or ''))
return n
