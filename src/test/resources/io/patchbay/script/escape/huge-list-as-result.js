// ends: TOO_LARGE
function handle() {
  return { payload: new Array(1e5).fill('xxxxxxxxxxxxxxxxxxxx') };
}
