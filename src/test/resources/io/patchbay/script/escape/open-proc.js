// ends: THROWN
function handle() {
  return { payload: os.open('/proc/self/mem', os.O_RDWR) };
}
