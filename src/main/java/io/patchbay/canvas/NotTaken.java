package io.patchbay.canvas;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a key that people look for and that is refused for a reason. Giving it is a problem that says why and
 * what to use instead, and the schema leaves it out.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface NotTaken {

    /** Why, as the end of a sentence. */
    String because();

    /** What to use instead. */
    String instead();
}
