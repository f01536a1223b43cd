package io.patchbay.mapping;

/**
 * What people read about a function; its part of the map's reference page is made from this.
 *
 * @param name the key that names it in {@code then}
 * @param text a sentence or two of Markdown
 * @param then how it is written in the example
 * @param in a value, as YAML
 * @param out what the example makes of it, as YAML; a test proves it
 */
record FunctionSpec(String name, String text, String then, String in, String out) {}
