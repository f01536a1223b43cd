// ends: MEMORY
async function handle() {
  globalThis.all = [];
  for (;;) all.push(new Array(100).fill({}))
}
