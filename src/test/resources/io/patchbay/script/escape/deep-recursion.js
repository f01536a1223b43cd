// ends: STACK
async function handle() {
  const f = () => f() + 1;
  return f()
}
