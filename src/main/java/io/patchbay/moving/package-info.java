/**
 * Moving in and out: files of other programs become files of a home folder, and flows become files that other programs run. Each dialect
 * has a reader that makes one neutral graph of its file; what comes behind that (tree, ids, texts, secrets) is the same for all. What
 * cannot be translated is told with its place, in the report and in the made file, and is never left out silently.
 */
@NullMarked
package io.patchbay.moving;

import org.jspecify.annotations.NullMarked;
