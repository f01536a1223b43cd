// ends: THROWN
async function handle() {
  throw Object.create(null)
}
