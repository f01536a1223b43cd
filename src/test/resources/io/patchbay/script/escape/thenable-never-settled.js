// ends: UNSETTLED
async function handle() {
  return {then() {}}
}
