// ends: NOT_JSON
function handle() {
  return { payload: new Proxy({}, { ownKeys() { throw new Error('trap'); } }) };
}
