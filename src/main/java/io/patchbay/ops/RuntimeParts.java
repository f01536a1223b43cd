package io.patchbay.ops;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Takes in the parts of Spring Boot, Camel and Hawtio that the runtime uses, by name, from {@code
 * META-INF/spring/io.patchbay.ops.RuntimeParts.imports}. Boot would otherwise weigh all of the almost 400 that lie on the
 * class path at each start, and a new jar would switch things on that nobody asked for.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ImportAutoConfiguration
public @interface RuntimeParts {}
