/**
 * Plain Camel routes, written by people in Camel's own words: {@code *.camel.yaml} files and the steps of {@code camel}
 * shapes. They live in a Camel context of their own, so that their ids, their {@code onException} and whatever else holds for
 * a whole context cannot touch compiled flows, and only components and languages of an allow-list exist there.
 */
@NullMarked
package io.patchbay.route.plain;

import org.jspecify.annotations.NullMarked;
