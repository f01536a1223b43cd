// ends: THROWN
function handle() {
  setTimeout(() => {}, 0);
}
