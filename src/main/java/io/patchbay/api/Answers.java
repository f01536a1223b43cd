package io.patchbay.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The statuses that a method of a resource answers with, for the API document; 400, 401, 403, 429 and 500 go without saying. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Answers {

    /** When all is well. */
    int value() default 200;

    /** Problem documents. */
    int[] problems() default {};
}
