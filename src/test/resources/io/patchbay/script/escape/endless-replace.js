// ends: TIMEOUT
function handle() {
  return 'a'.repeat(40).replace(/(a*)*b/, '');
}
