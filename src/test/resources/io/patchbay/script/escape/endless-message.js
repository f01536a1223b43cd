// ends: TIMEOUT
async function handle() {
  throw {get message() { for (;;); }}
}
