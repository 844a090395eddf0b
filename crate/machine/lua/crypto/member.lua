-- A digest that is a module of its own: `.crypto.digest.md5` is `md5` of `.crypto.digest.init`.

local name = ...

return require(".crypto.digest.init")[name:match("[^.]+$")]
