// ends: {"payload":"undefined"}
function handle() {
  const made = (function* () {}).constructor('yield typeof java_invoke')();
  return { payload: made.next().value };
}
