/** Databases by JDBC: values are bound, addresses have one form, reads change nothing; see decision 0028. */
@NullMarked
package io.patchbay.connector.sql;

import org.jspecify.annotations.NullMarked;
