/**
 * The first room: text becomes a tree in which every node knows its file, line and column. No meaning yet; binding a
 * tree to the record that describes it, and the JSON Schema of that record, are here too because both read the same
 * annotations.
 */
@NullMarked
package io.patchbay.canvas;

import org.jspecify.annotations.NullMarked;
