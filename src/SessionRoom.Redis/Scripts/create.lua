-- KEYS head, batches, gone; ARGV epoch, bytes. Begins a room's log; nothing where there is one.
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
-- First what a Redis without memory refuses: whatever follows a first write it takes.
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'seq', 1, 'n', 0, 'run', run)
redis.call('DEL', KEYS[2], KEYS[3])
redis.call('XADD', KEYS[2], '1-0', 'b', ARGV[2])
return 1
