// ends: STACK
async function handle() {
  return await handle()
}
