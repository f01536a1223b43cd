package io.patchbay.canvas;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A record that may be written as one word, without a mapping: the word is the value of this key. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OneWord {
    /** The key, whose type is an enum. */
    String value();
}
