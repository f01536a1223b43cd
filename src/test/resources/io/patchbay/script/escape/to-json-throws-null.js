// ends: NOT_JSON
async function handle() {
  return {toJSON() { throw null }}
}
