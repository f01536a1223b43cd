// ends: TIMEOUT
async function handle() {
  return new Proxy({}, {get() { for (;;); }})
}
