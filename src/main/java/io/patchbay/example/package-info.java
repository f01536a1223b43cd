/**
 * The systems that the bundled example flows talk to: a small shop and an SFTP server, both on loopback only. They exist in
 * the Spring profile {@code example}, which {@code mvn spring-boot:run} sets and the jar and the image never do.
 */
@NullMarked
package io.patchbay.example;

import org.jspecify.annotations.NullMarked;
