// ends: THROWN
async function handle() {
  return (0, eval)('host.done("1")')
}
