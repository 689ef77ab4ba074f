-- Gives back a pass, if it is still ours.
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 'gone' end
redis.call('del', KEYS[1])
for i = 4, #KEYS, 2 do redis.call('srem', KEYS[i], KEYS[1]) end
return 'passed'
