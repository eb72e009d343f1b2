-- KEYS feed, events; ARGV after, most. How the feed stands, and so many of its events behind a number.
local feed = redis.call('HMGET', KEYS[1], 'epoch', 'newest', 'trimmed', 'delivered', 'rewinds', 'stopped')
local events = {}
if tonumber(ARGV[2]) > 0 then events = redis.call('XRANGE', KEYS[2], '(' .. ARGV[1] .. '-0', '+', 'COUNT', ARGV[2]) end
local state = {}
for i = 1, 6 do state[i] = feed[i] or '0' end
return { state, events }
