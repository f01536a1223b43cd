package io.patchbay.shape.cache;

import java.util.ArrayList;
import java.util.List;

/**
 * Which keys: a {@code *} stands for any characters, {@code \*} for the star itself.
 *
 * @param pieces what stands between the stars; one piece for a plain key
 */
public record KeyPattern(List<String> pieces) {

    /** All keys. */
    public static final KeyPattern ALL = new KeyPattern(List.of("", ""));

    public KeyPattern {
        pieces = List.copyOf(pieces);
    }

    /** Reads a pattern. */
    public static KeyPattern parse(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*') {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else {
                boolean escapes = c == '\\' && i + 1 < text.length();
                piece.append(escapes ? text.charAt(++i) : c);
            }
        }
        pieces.add(piece.toString());
        return new KeyPattern(pieces);
    }

    /** This key and no other. */
    public static KeyPattern exactly(String key) {
        return new KeyPattern(List.of(key));
    }

    /** A text as it stands in a pattern for itself. */
    public static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("*", "\\*");
    }

    /** Whether it is one key. */
    public boolean plain() {
        return pieces.size() == 1;
    }

    /** What every such key begins with. */
    public String prefix() {
        return pieces.get(0);
    }

    /** As a pattern of SQL's {@code like … escape '\'}. */
    public String like() {
        return String.join(
                "%",
                pieces.stream()
                        .map(piece ->
                                piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"))
                        .toList());
    }

    /** As {@link #parse} reads it: two patterns that differ never have the same. */
    public String written() {
        return String.join("*", pieces.stream().map(KeyPattern::escaped).toList());
    }

    @Override
    public String toString() {
        return String.join("*", pieces);
    }
}
