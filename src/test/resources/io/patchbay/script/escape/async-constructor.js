// ends: THROWN
async function handle() {
  return await (async () => {}).constructor('return java_invoke("host", "source", "[]")')();
}
