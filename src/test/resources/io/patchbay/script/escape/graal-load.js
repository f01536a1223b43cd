// ends: THROWN
function handle() {
  return load('/etc/passwd');
}
