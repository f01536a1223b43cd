package io.patchbay.ops.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a handler needs of who calls it. A handler that says nothing is refused to everyone. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {

    /** What the caller's role must have. */
    Permission value();

    /** Where the call says which flow it is about. */
    FlowIn flow() default FlowIn.NOWHERE;
}
