// ends: TIMEOUT
function handle() {
  const [...all] = { [Symbol.iterator]: () => ({ next: () => { for (;;); } }) };
}
