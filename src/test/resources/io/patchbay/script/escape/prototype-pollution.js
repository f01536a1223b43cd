// ends: {"payload":"seen"}
function handle() {
  Object.prototype.polluted = 'seen';
  Array.prototype.toJSON = () => 'polluted';
  String.prototype.trim = () => 'polluted';
  JSON.parse = JSON.stringify = () => '"polluted"';
  globalThis.polluted = 'seen';
  return { payload: {}.polluted };
}
