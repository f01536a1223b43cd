// ends: THROWN
async function handle() {
  let s = 'x';
  for (;;) s += s
}
