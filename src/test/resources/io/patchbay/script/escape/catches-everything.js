// ends: TIMEOUT
function handle() {
  for (;;) {
    try {
      for (;;);
    } catch {
      continue;
    } finally {
      handle();
    }
  }
}
