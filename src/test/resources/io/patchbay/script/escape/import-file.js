// ends: THROWN
async function handle() {
  await import('/etc/passwd')
}
