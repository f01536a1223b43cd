// ends: THROWN
async function handle() {
  return os.exec(['touch', 'x'])
}
