// ends: THROWN
function handle() {
  return Polyglot.import('java');
}
