// ends: NOT_JSON
async function handle() {
  return {get a() { throw new Error('trap') }}
}
