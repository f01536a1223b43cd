// ends: MEMORY
async function handle() {
  return new Uint8Array(1e9).length
}
