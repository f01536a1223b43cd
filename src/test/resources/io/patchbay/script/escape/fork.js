// ends: THROWN
function handle() {
  return require('child_process').fork('self.js');
}
