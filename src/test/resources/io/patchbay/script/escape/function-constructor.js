// ends: THROWN
async function handle() {
  return [].constructor.constructor('return java_invoke')()
}
