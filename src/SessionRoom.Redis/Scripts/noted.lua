-- KEYS a set of names. All of them.
return redis.call('SMEMBERS', KEYS[1])
