// ends: TIMEOUT
async function handle() {
  const next = () => Promise.resolve().then(next);
  await next();
}
