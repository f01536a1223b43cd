// ends: {"payload":1}
function handle() {
  if (typeof FinalizationRegistry !== 'undefined') {
    const all = new FinalizationRegistry(() => { for (;;); });
    for (let i = 0; i < 1000; i++) all.register({}, i);
  }
  return { payload: 1 };
}
