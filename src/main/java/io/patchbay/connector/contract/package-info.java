/**
 * Watches whether systems still answer as their connectors were made for: an endpoint is read again and again, by one of the
 * runtimes that share a database, and what changes in how it answers is told once. No value of an answer is kept.
 */
@NullMarked
package io.patchbay.connector.contract;

import org.jspecify.annotations.NullMarked;
