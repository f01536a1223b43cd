package io.patchbay.canvas;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the reader of a type that is written in a form of its own; the reader has a constructor without arguments. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ReadBy {
    /** The reader. */
    Class<? extends ValueReader<?>> value();
}
