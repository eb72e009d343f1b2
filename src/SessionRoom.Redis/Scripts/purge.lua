-- KEYS events, moved, gone, the room's numbers; ARGV room, when it was deleted in ms, how long that is known in ms. Removes every event of a room that is no more.
local numbers = redis.call('LRANGE', KEYS[4], 0, -1)
for i = 1, #numbers do redis.call('XDEL', KEYS[1], numbers[i] .. '-0') end
redis.call('DEL', KEYS[4])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
return #numbers
