-- KEYS head, here; ARGV node, lease in ms, people. Names the people whom a node holds, for the length of the lease; forgets nodes whose lease has ended.
-- Answers epoch, head, the board's head, whether the log was looked at since this run of Redis began, and the people of each other node.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
if ARGV[3] == '' then redis.call('HDEL', KEYS[2], ARGV[1])
else
  redis.call('HSET', KEYS[2], ARGV[1], (now + tonumber(ARGV[2])) .. ' ' .. ARGV[3])
  redis.call('PEXPIRE', KEYS[2], tonumber(ARGV[2]) * 2)
end
local others, all = {}, redis.call('HGETALL', KEYS[2])
for i = 1, #all, 2 do
  if all[i] ~= ARGV[1] then
    local ends, people = string.match(all[i + 1], '^(%d+) (.*)$')
    if tonumber(ends) < now then redis.call('HDEL', KEYS[2], all[i]) else others[#others + 1] = people end
  end
end
local head = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'n', 'run')
if not head[1] then return false end
return { head[1], head[2], head[3], head[4] == run and 1 or 0, others }
