/** The folder on disk that one Patchbay works in: what a customer writes, and what the runtime keeps. */
@NullMarked
package io.patchbay.home;

import org.jspecify.annotations.NullMarked;
