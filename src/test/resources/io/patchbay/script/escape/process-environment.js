// ends: THROWN
async function handle() {
  return process.env
}
