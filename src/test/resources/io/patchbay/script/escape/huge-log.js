// ends: {"payload":"logged"}
function handle() {
  const line = 'x'.repeat(1e6);
  for (let i = 0; i < 2000; i++) {
    console.log(line);
  }
  return { payload: 'logged' };
}
