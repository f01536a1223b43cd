// ends: STACK
function handle() {
  const trap = new Proxy({}, { get: (target, name, self) => self[name] });
  return { payload: trap.x };
}
