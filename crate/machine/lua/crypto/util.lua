-- Arrays, streams, queues, hexadecimal digits and bits.

return {
  _version = "0.0.1",
  array = require(".crypto.util.array"),
  stream = require(".crypto.util.stream"),
  hex = require(".crypto.util.hex"),
  queue = require(".crypto.util.queue"),
  bit = require(".crypto.util.bit"),
}
