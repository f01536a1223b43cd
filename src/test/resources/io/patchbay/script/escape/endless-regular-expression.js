// ends: TIMEOUT
async function handle() {
  return /^(a+)+$/.test('a'.repeat(60) + 'b')
}
