-- KEYS feed, events, moved, gone, the room's numbers; ARGV room, channel, how long a list is kept in ms, then id, time and bytes of each event.
-- Moves what waited beside a room to the end of the feed, each once and in order; nothing of a room that was deleted since.
local function after(one, other)
  local oneMs, oneSeq = string.match(one, '(%d+)-(%d+)')
  local ms, seq = string.match(other, '(%d+)-(%d+)')
  oneMs, oneSeq, ms, seq = tonumber(oneMs), tonumber(oneSeq), tonumber(ms), tonumber(seq)
  return oneMs > ms or (oneMs == ms and oneSeq > seq)
end
-- In another run of Redis the newest numbers may have been lost: given again, they must not look like those before.
local function begin()
  local feed, time = redis.call('HMGET', KEYS[1], 'epoch', 'run'), redis.call('TIME')
  if feed[2] == run then return end
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  redis.call('HSET', KEYS[1], 'epoch', string.format('%.0f', math.max(now, tonumber(feed[1] or '0') + 1)), 'run', run)
end
local last, gone, added = redis.call('HGET', KEYS[3], ARGV[1]) or '0-0', redis.call('GET', KEYS[4]), 0
if gone and after(gone .. '-0', last) then last = gone .. '-0' end
for i = 4, #ARGV, 3 do
  if after(ARGV[i], last) then
    if added == 0 then begin() end
    local number = redis.call('HINCRBY', KEYS[1], 'newest', 1)
    redis.call('XADD', KEYS[2], number .. '-0', 'a', ARGV[i + 1], 'b', ARGV[i + 2])
    redis.call('RPUSH', KEYS[5], number)
    last, added = ARGV[i], added + 1
  end
end
if added == 0 then return 0 end
redis.call('HSET', KEYS[3], ARGV[1], last)
local trimmed = tonumber(redis.call('HGET', KEYS[1], 'trimmed') or '0')
while tonumber(redis.call('LINDEX', KEYS[5], 0)) <= trimmed do redis.call('LPOP', KEYS[5]) end
redis.call('PEXPIRE', KEYS[5], ARGV[3])
redis.call('PUBLISH', ARGV[2], 'm')
return added
