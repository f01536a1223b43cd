// ends: THROWN
function handle() {
  return Polyglot.eval('python', 'import os; os.listdir("/")');
}
