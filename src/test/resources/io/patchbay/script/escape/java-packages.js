// ends: THROWN
async function handle() {
  return Packages.java.lang.System.exit(1)
}
