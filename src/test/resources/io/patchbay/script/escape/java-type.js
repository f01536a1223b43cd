// ends: THROWN
async function handle() {
  return Java.type('java.lang.Runtime')
}
