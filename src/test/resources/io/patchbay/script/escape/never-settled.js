// ends: UNSETTLED
async function handle() {
  return new Promise(() => {})
}
