// ends: NOT_JSON
async function handle() {
  return Symbol('x')
}
