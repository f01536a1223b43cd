// ends: THROWN
async function handle() {
  await Promise.reject(new Error('x'))
}
