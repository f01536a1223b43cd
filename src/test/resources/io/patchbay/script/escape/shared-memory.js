// ends: {"payload":"done"}
function handle() {
  if (typeof SharedArrayBuffer !== 'undefined' && typeof Atomics !== 'undefined') {
    try {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    } catch {
      return { payload: 'done' };
    }
  }
  return { payload: 'done' };
}
