/** What is wrong in a file, where, and how to mend it. The leaf room: it depends on nothing. */
@NullMarked
package io.patchbay.problem;

import org.jspecify.annotations.NullMarked;
