// ends: STACK
function handle() {
  const grow = () => ({ get next() { return grow(); } });
  return { payload: grow() };
}
