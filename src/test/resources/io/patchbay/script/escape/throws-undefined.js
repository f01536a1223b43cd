// ends: THROWN
async function handle() {
  throw undefined
}
