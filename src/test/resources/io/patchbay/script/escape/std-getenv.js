// ends: THROWN
async function handle() {
  return std.getenv('PATH')
}
