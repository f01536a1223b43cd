// ends: THROWN
async function handle() {
  return require('fs')
}
