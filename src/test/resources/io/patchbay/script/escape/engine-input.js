// ends: THROWN
async function handle() {
  return Javy.IO.readSync(0, new Uint8Array(9))
}
