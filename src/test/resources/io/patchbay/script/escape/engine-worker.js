// ends: THROWN
function handle() {
  return new os.Worker('./self.js');
}
