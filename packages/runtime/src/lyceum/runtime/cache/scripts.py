"""What Redis does in one step.

One hash, `KEYS[1]`, has the number of invalidations so far (`.now`) and for each tag the number of its last one. An
entry remembers the number at which whoever made it began; it counts as long as none of its tags has a higher one. So an
invalidation writes a few bytes however much it concerns, and no index of keys by tags can get lost in part.

The count begins with the time in microseconds, so that it is higher than before if the server has lost everything;
`.floor` is the number below which tags are not remembered.
"""

MOST_TAGS = 10_000

_COUNT = """
local function now()
  local number = redis.call('HGET', KEYS[1], '.now')
  if number then return number end
  local time = redis.call('TIME')
  number = string.format('%.0f', tonumber(time[1]) * 1000000 + tonumber(time[2]))
  redis.call('HSET', KEYS[1], '.now', number, '.floor', number)
  return number
end
local function holds(ticket, tags)
  local number = tonumber(ticket)
  if number > tonumber(now()) or number < tonumber(redis.call('HGET', KEYS[1], '.floor')) then return false end
  for tag in string.gmatch(tags, '[^\\n]+') do
    local last = redis.call('HGET', KEYS[1], 't' .. tag)
    if last and tonumber(last) > number then return false end
  end
  return true
end
"""

# KEYS: count, entry, lock. ARGV: my token, milliseconds that a lock holds.
FIND = f"""{_COUNT}
local entry = redis.call('HMGET', KEYS[2], 'value', 'ticket', 'tags', 'age')
if entry[1] and holds(entry[2], entry[3]) then
  return {{1, entry[1], entry[3], entry[4], redis.call('PTTL', KEYS[2])}}
end
redis.call('SET', KEYS[3], ARGV[1], 'NX', 'PX', ARGV[2])
local mine = redis.call('GET', KEYS[3]) == ARGV[1]
return {{0, now(), mine and 1 or 0}}
"""

# KEYS: count, entry, lock. ARGV: ticket, tags, value, milliseconds to live, token.
PUT = f"""{_COUNT}
if redis.call('GET', KEYS[3]) == ARGV[5] then redis.call('DEL', KEYS[3]) end
if not holds(ARGV[1], ARGV[2]) then return 0 end
redis.call('HSET', KEYS[2], 'value', ARGV[3], 'ticket', ARGV[1], 'tags', ARGV[2], 'age', ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 1
"""

# KEYS: lock. ARGV: token.
RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"

# KEYS: count. ARGV: tags.
INVALIDATE = f"""{_COUNT}
local number = string.format('%.0f', tonumber(now()) + 1)
if redis.call('HLEN', KEYS[1]) + #ARGV > {MOST_TAGS} then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], '.floor', number)
end
redis.call('HSET', KEYS[1], '.now', number)
for _, tag in ipairs(ARGV) do redis.call('HSET', KEYS[1], 't' .. tag, number) end
"""
