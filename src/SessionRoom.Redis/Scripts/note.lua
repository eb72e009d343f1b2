-- KEYS a set of names: the rooms of a key, or the feeds; ARGV name, most. Notes it, unless there are as many others as there may be.
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then return 1 end
if redis.call('SCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
return redis.call('SADD', KEYS[1], ARGV[1])
