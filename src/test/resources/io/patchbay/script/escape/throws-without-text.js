// ends: THROWN
async function handle() {
  throw {toString() { throw 1 }}
}
