// ends: THROWN
async function handle() {
  return await eval("import('file:///proc/self/environ')");
}
