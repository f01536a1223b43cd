// ends: THROWN
async function handle() {
  return new WebAssembly.Memory({initial: 1})
}
