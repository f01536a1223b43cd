// ends: NOT_JSON
async function handle() {
  return () => 1
}
