-- KEYS feed, events; ARGV before in ms, most. Forgets what is older, and all but the newest; up to a thousand at once. Answers how many.
local newest = tonumber(redis.call('HGET', KEYS[1], 'newest') or '0')
local oldest, last = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1000), nil
local count = 0
for i = 1, #oldest do
  local number = tonumber(string.match(oldest[i][1], '^%d+'))
  if tonumber(oldest[i][2][2]) >= tonumber(ARGV[1]) and number > newest - tonumber(ARGV[2]) then break end
  last, count = number, i
end
if last then
  redis.call('XTRIM', KEYS[2], 'MINID', (last + 1) .. '-0')
  redis.call('HSET', KEYS[1], 'trimmed', last)
end
return count
