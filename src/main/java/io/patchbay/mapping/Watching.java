package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/** Is told what the fields of a map do with one record, for a preview. */
public interface Watching {

    /** A field has its turn. */
    void begins(Ruled field);

    /** The field read a value, the first of its steps. */
    void read(JsonNode value);

    /** A function is about to be called: what fails now is that function. */
    void calls(int function);

    /** A function gave a value. */
    void step(String function, JsonNode value);

    /** The field wrote what it had. */
    void ended();

    /** The fields of a target do not apply to the record. */
    void skipped(Ruled field);

    /** The field that has its turn failed. @return whether the fields behind it are looked at as well */
    boolean failed(String code, String message);
}
