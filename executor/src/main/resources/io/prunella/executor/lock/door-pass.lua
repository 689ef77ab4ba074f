-- Passes the door of a target on one Redis, or answers who is in the way.
-- KEYS: the target's door, the set of doors below it, then the same two of every ancestor.
-- ARGV: our pass (JSON, unique), time to live in ms.
local there = redis.call('get', KEYS[1])
if there and there ~= ARGV[1] then return there end
for i = 3, #KEYS, 2 do
  local above = redis.call('get', KEYS[i])
  if above then return above end
end
for _, door in ipairs(redis.call('smembers', KEYS[2])) do
  local below = redis.call('get', door)
  if below then return below end
  redis.call('srem', KEYS[2], door)
end
redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2])
for i = 4, #KEYS, 2 do
  redis.call('sadd', KEYS[i], KEYS[1])
  -- The set outlives the longest-lived door in it.
  if redis.call('pttl', KEYS[i]) < tonumber(ARGV[2]) then redis.call('pexpire', KEYS[i], ARGV[2]) end
end
return 'passed'
