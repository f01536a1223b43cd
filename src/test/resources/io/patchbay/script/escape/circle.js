// ends: NOT_JSON
async function handle() {
  const a = {}; a.a = a;
  return a
}
