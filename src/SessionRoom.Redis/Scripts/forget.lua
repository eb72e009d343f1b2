-- KEYS the rooms of a key; ARGV room. It is one no more.
return redis.call('SREM', KEYS[1], ARGV[1])
