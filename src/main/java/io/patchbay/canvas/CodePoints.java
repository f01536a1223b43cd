package io.patchbay.canvas;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where the nth code point of a text stands among its characters, without reading up to there: a definition that was
 * written in one line of a hundred thousand characters is asked for each of its values.
 */
final class CodePoints {

    private final int length;

    /** Which code points of the text have two characters, in order. */
    private final int[] wide;

    CodePoints(String text) {
        length = text.length();
        int[] pairs = IntStream.range(0, text.length() - 1)
                .filter(i -> Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1)))
                .toArray();
        wide = IntStream.range(0, pairs.length).map(i -> pairs[i] - i).toArray();
    }

    /**
     * The character at which a code point begins; the length of the text when it is not that long.
     *
     * @param from a character at which a code point begins
     * @param count code points after that one
     */
    int offset(int from, int count) {
        int target = from - pairsBefore(from) + count;
        return Math.min(length, target + below(target));
    }

    /** How many pairs stand before a character. */
    private int pairsBefore(int offset) {
        int low = 0;
        int high = wide.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (wide[middle] + middle < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** How many pairs stand before a code point. */
    private int below(int codePoint) {
        int at = Arrays.binarySearch(wide, codePoint);
        return at < 0 ? -at - 1 : at;
    }
}
