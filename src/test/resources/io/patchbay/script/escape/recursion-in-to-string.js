// ends: STACK
function handle() {
  const one = { toString: () => `${one}` };
  return { payload: `${one}` };
}
