/**
 * Connectors: what outside systems offer, read from files and checked as a whole before anything uses it. Nothing in Java
 * belongs to one system. The sub-packages do the calling: {@code http}, {@code sftp}, {@code ftp}, {@code mail} and {@code sql} under
 * {@code camel}'s component, with {@code auth} and {@code paging} one class per method.
 */
@NullMarked
package io.patchbay.connector;

import org.jspecify.annotations.NullMarked;
