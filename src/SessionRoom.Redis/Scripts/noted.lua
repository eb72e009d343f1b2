-- KEYS the rooms of a key. All of them.
return redis.call('SMEMBERS', KEYS[1])
