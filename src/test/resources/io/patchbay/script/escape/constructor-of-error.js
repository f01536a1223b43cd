// ends: {"payload":"undefined"}
function handle() {
  try {
    null.x;
  } catch (error) {
    return { payload: error.constructor.constructor('return typeof java_invoke')() };
  }
}
