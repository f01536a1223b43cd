package io.patchbay.connector.auth;

import java.util.List;

/** The headers of an answer, as far as a method learns from them. */
public interface AnswerHeaders {

    /** All values of a header, in order. */
    List<String> headersOf(String name);
}
