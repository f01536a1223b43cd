// ends: TOO_LARGE
async function handle() {
  return 'x'.repeat(100000)
}
