package io.patchbay.route;

import io.patchbay.expression.LookupTable;
import java.util.Map;

/** Lookup tables as flows read them now. */
public interface Tables {

    /** All of them, by name. */
    Map<String, LookupTable> all();
}
