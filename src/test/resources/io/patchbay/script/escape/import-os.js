// ends: THROWN
async function handle() {
  await import('os')
}
