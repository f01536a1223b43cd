/**
 * What starts a run: the settings of triggers as they stand in flow files, their checks, and the port through which the
 * running triggers write starts. The running parts are the sub-packages; none of them knows a revision or touches a run.
 */
@NullMarked
package io.patchbay.trigger;

import org.jspecify.annotations.NullMarked;
