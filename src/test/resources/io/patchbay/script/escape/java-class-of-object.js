// ends: {"payload":"undefined"}
function handle(data) {
  return { payload: typeof data.getClass + '' };
}
