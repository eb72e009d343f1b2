-- KEYS the rooms of a key; ARGV room. Whether it is one of them.
return redis.call('SISMEMBER', KEYS[1], ARGV[1])
