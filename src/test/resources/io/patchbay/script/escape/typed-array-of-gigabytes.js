// ends: THROWN
function handle() {
  return { payload: new Float64Array(2 ** 28).length };
}
