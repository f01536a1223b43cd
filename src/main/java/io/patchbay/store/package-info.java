/**
 * Where state is kept: one database (an H2 file, or PostgreSQL by URL), written in groups that share a disk sync, and a folder
 * for bodies that are too large for it. Rooms bring their own tables as scripts under {@code db/} and hand in {@link
 * io.patchbay.store.SqlWork}; nothing here knows what it means.
 */
@NullMarked
package io.patchbay.store;

import org.jspecify.annotations.NullMarked;
