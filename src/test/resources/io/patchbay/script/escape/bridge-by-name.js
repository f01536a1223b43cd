// ends: THROWN
async function handle() {
  return java_invoke('host', 'done', '[]')
}
