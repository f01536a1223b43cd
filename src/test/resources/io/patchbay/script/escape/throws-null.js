// ends: THROWN
async function handle() {
  throw null
}
