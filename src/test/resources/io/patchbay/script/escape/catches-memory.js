// ends: MEMORY
function handle() {
  const all = [];
  for (;;) {
    try {
      for (;;) all.push(new Array(1000).fill({}));
    } catch {
      all.push(new Array(10).fill(1));
    }
  }
}
