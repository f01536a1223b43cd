// ends: TIMEOUT
async function handle() {
  for (;;) {}
}
