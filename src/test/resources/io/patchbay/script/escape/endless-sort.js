// ends: TIMEOUT
async function handle() {
  return [1, 2].sort(() => { for (;;); })
}
