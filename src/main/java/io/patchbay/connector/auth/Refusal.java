package io.patchbay.connector.auth;

import java.util.List;

/** An answer that refuses a proof, as far as a method learns from it. */
public interface Refusal {

    /** All values of a header, in order. */
    List<String> headersOf(String name);
}
