-- KEYS moved. The rooms that a feed tells of.
return redis.call('HKEYS', KEYS[1])
