// ends: {"payload":"seen"}
function handle(data) {
  data.payload.__proto__.polluted = 'seen';
  data.__proto__.__proto__ = null;
  return { payload: ({}).polluted };
}
