// ends: THROWN
function handle() {
  return { payload: std.loadFile('/proc/self/environ') };
}
