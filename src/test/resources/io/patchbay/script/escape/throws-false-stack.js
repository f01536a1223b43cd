// ends: THROWN
async function handle() {
  throw Object.assign(new Error('x'), {stack: 7, name: {}})
}
