// ends: TIMEOUT
async function handle() {
  while (true) { await null }
}
