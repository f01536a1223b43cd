// ends: THROWN
function handle() {
  return new Worker('self.js');
}
