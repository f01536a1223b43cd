/**
 * Blueprints: folders that hold all that one task needs. They are read and checked, laid out for a home folder under a name of their
 * own, merged with what a person changed since, and taken out again. A blueprint is data: nothing in it runs here.
 */
@NullMarked
package io.patchbay.blueprint;

import org.jspecify.annotations.NullMarked;
