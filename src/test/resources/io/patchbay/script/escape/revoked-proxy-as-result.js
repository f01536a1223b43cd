// ends: NOT_JSON
function handle() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return { payload: proxy };
}
