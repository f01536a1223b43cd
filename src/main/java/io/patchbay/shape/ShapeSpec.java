package io.patchbay.shape;

/**
 * What people read about a shape; its reference page is made from this and from the settings record.
 *
 * @param name the key that names the shape in a flow file
 * @param summary one sentence
 * @param text a few paragraphs of Markdown: what goes in, what comes out
 * @param delivery what the shape can lose, repeat or reorder; "Nothing" is an answer
 * @param example a whole flow file that deploys
 */
public record ShapeSpec(String name, String summary, String text, String delivery, String example) {}
