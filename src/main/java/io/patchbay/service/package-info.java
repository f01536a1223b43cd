/**
 * Services: records of one kind that go from one system to another by a fixed line, written down in a short file. A service
 * becomes the text of a flow, which then is a flow like any other; of its runs there is a report, item by item.
 */
@NullMarked
package io.patchbay.service;

import org.jspecify.annotations.NullMarked;
