/**
 * What runs and what is kept of it: the run itself, its checkpoints (the promise: written and synced before the next
 * dependent effect) and its telemetry (the story: written beside the path, may lose its last moment in a crash).
 */
@NullMarked
package io.patchbay.run;

import org.jspecify.annotations.NullMarked;
