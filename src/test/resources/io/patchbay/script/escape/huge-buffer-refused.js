// ends: THROWN
async function handle() {
  return new ArrayBuffer(10 * 1024 ** 3)
}
