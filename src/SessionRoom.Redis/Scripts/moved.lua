-- KEYS outbox; ARGV ids. These are in the feed. The stream stays, also empty: its ids go on growing.
return redis.call('XDEL', KEYS[1], unpack(ARGV))
