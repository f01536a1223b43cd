// ends: TIMEOUT
async function handle() {
  const again = () => queueMicrotask(again);
  again();
  await new Promise(() => {});
}
