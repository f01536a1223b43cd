// ends: THROWN
async function handle() {
  return fetch('http://127.0.0.1/')
}
