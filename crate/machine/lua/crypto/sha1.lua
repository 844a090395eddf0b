-- SHA-1, of streams.

local _, native = ...

local start = "\x67\x45\x23\x01\xEF\xCD\xAB\x89\x98\xBA\xDC\xFE\x10\x32\x54\x76\xC3\xD2\xE1\xF0"
local new, of_stream = require(".crypto.digest.stream")(native.crypto.sha1_steps, start)

return { SHA1 = new, sha1 = of_stream }
