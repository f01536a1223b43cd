// ends: TIMEOUT
async function handle() {
  return {get a() { for (;;); }}
}
