-- Raises the newest token known to at least ARGV[1], then by ARGV[2], and answers it.
local token = math.max(tonumber(redis.call('get', KEYS[1]) or '0'), tonumber(ARGV[1])) + tonumber(ARGV[2])
local digits = string.format('%.0f', token)
redis.call('set', KEYS[1], digits)
return digits
