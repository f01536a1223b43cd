/**
 * JSONPath as RFC 9535 has it, compiled, on Jackson's tree. Ours, because no kept library for Java follows the standard: the one
 * that Camel uses is older than it and answers otherwise, and its regular expressions can keep a processor busy for hours.
 */
@NullMarked
package io.patchbay.expression.jsonpath;

import org.jspecify.annotations.NullMarked;
