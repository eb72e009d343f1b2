-- KEYS mark. A write like any other: what waits until it is on disk has waited for all before it.
redis.call('SET', KEYS[1], 1)
return 1
