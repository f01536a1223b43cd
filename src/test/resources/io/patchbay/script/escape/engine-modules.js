// ends: THROWN
async function handle() {
  const std = await import('std');
  return { payload: std.loadFile('/proc/self/environ') };
}
