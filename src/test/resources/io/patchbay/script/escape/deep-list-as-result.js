// ends: NOT_JSON
function handle() {
  let deep = [];
  for (let i = 0; i < 500; i++) deep = [deep];
  return { payload: deep };
}
