// ends: THROWN
function handle() {
  return new XMLHttpRequest();
}
