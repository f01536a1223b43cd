// The hash of key, method and path, and when it was made.
function sign(request, settings) {
  const at = Math.floor(request.now / 1000);
  const text = [settings.clientSecret, request.method, request.path, at].join('|');
  return { headers: { 'X-Client': settings.clientId }, query: { at, hash: patchbay.hex(patchbay.digest('sha256', text)) } };
}
