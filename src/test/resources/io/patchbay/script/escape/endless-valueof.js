// ends: TIMEOUT
function handle() {
  return { payload: +{ valueOf() { for (;;); } } };
}
