package io.patchbay.canvas;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A word that files will have and this version does not take: giving it is a problem that says so, and the schema leaves it
 * out. On a component (an optional {@link Node}) it marks a key, on an enum constant a value.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface NotYet {}
