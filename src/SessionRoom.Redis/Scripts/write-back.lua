-- KEYS head, batches, edits, state, board, gone; ARGV epoch, seq, n, state, board or nothing, new epoch, channel.
-- Writes back what the log lost: begins it anew from a node's state, and its board where the log has less of it.
if redis.call('EXISTS', KEYS[6]) == 1 then return 0 end
local head = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'n')
local seq, n, kept = tonumber(ARGV[2]), tonumber(ARGV[3]), 0
if head[1] then
  if head[1] ~= ARGV[1] or tonumber(head[2]) > seq then return 0 end
  kept = tonumber(head[3])
  if tonumber(head[2]) == seq and kept >= n then return 0 end
end
-- First what a Redis without memory refuses: whatever follows a first write it takes.
redis.call('HSET', KEYS[4], 'at', seq, 'bytes', ARGV[4])
if redis.call('HGET', KEYS[4], 'bytes') ~= ARGV[4] then return redis.error_reply('a snapshot reads back differently') end
if ARGV[5] == '' or kept > n then n = kept
else
  redis.call('DEL', KEYS[3])
  redis.call('HSET', KEYS[5], 'at', n, 'bytes', ARGV[5])
end
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[1], 'epoch', ARGV[6], 'seq', seq, 'n', n, 'run', run)
redis.call('PUBLISH', ARGV[7], 'e')
return 1
