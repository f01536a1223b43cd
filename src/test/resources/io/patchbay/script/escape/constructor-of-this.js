// ends: THROWN
async function handle() {
  return this.constructor.constructor('return process')()
}
