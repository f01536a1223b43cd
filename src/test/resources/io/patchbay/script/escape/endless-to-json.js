// ends: TIMEOUT
async function handle() {
  return {toJSON() { for (;;); }}
}
