// ends: TIMEOUT
function handle() {
  const bomb = { get x() { return bomb; } };
  return { payload: { get a() { for (;;) bomb.x; } } };
}
