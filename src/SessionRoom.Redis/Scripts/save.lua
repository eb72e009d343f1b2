-- KEYS head, snapshot, stream; ARGV epoch, the head's field, number, bytes. Keeps a snapshot, reads it back, and only then drops the entries that it stands for.
local head = redis.call('HMGET', KEYS[1], 'epoch', ARGV[2])
local at = tonumber(ARGV[3])
if head[1] ~= ARGV[1] or tonumber(head[2]) < at then return 0 end
if tonumber(redis.call('HGET', KEYS[2], 'at') or '-1') >= at then return 0 end
redis.call('HSET', KEYS[2], 'at', ARGV[3], 'bytes', ARGV[4])
if redis.call('HGET', KEYS[2], 'bytes') ~= ARGV[4] then return redis.error_reply('a snapshot reads back differently') end
redis.call('XTRIM', KEYS[3], 'MINID', (at + 1) .. '-0')
return 1
