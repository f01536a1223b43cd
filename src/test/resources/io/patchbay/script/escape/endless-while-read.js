// ends: TIMEOUT
for (;;);
function handle() {}
