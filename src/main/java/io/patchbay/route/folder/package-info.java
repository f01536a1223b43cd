/**
 * The files that people drop, change and delete: roots are polled, changes that belong together become one snapshot, and a
 * file that cannot be read now keeps the text it had.
 */
@NullMarked
package io.patchbay.route.folder;

import org.jspecify.annotations.NullMarked;
