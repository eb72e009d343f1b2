-- KEYS report. Its version, epoch, n and bytes.
return redis.call('HMGET', KEYS[1], 'version', 'epoch', 'n', 'bytes')
