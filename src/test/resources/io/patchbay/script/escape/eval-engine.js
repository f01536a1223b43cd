// ends: THROWN
async function handle() {
  return eval('quickjs4j_engine')
}
