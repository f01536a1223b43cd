// ends: {"payload":"logged"}
function handle() {
  console.log({ toJSON: () => 'x'.repeat(1e6) }, { toString() { throw 1; } });
  return { payload: 'logged' };
}
