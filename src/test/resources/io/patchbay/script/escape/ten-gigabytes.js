// ends: THROWN
function handle() {
  return { payload: 'x'.repeat(10 * 1024 ** 3) };
}
