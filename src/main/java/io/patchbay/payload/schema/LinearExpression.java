package io.patchbay.payload.schema;

import com.google.re2j.Pattern;
import com.networknt.schema.regex.RegularExpression;

/** A pattern of a schema that takes linear time, whatever stands in the value. */
record LinearExpression(Pattern pattern) implements RegularExpression {

    /** @throws com.google.re2j.PatternSyntaxException if it is no such pattern */
    static RegularExpression of(String text) {
        return new LinearExpression(Pattern.compile(text));
    }

    @Override
    public boolean matches(String value) {
        return pattern.matcher(value).find();
    }
}
