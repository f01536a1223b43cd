// ends: THROWN
async function handle() {
  return await import('data:text/javascript,export default 1');
}
