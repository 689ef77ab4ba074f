-- Extends a pass that is still there; a pass that is gone is not taken again, for somebody may have been in between.
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 'gone' end
redis.call('pexpire', KEYS[1], ARGV[2])
for i = 4, #KEYS, 2 do
  redis.call('sadd', KEYS[i], KEYS[1])
  if redis.call('pttl', KEYS[i]) < tonumber(ARGV[2]) then redis.call('pexpire', KEYS[i], ARGV[2]) end
end
return 'passed'
