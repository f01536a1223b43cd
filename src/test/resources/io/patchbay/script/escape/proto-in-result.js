// ends: {"payload":{"a":1}}
function handle() {
  return { payload: JSON.parse('{"__proto__": {"polluted": true}, "a": 1}').a === 1 ? { a: 1 } : null };
}
