package io.patchbay.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list as a file, looked up and written a part at a time. */
final class ListInPieces<T> extends InPieces {

    /** How many items are looked up at a time; fewer are the last. */
    static final int PART = 500;

    private final Function<@Nullable T, List<T>> following;
    private final Writing<T> writing;
    private @Nullable T last;
    private boolean begun;

    private ListInPieces(Function<@Nullable T, List<T>> following, Writing<T> writing) {
        this.following = following;
        this.writing = writing;
    }

    /** How items become text. */
    interface Writing<T> {
        /**
         * The text of a part.
         *
         * @param first whether it is the first, which has a header where there is one
         */
        byte[] of(List<T> part, boolean first) throws IOException;
    }

    /**
     * The file.
     *
     * @param following gives the {@link #PART} items behind one, or the first when there is none
     * @param writing makes text of them
     */
    static <T> InputStream of(Function<@Nullable T, List<T>> following, Writing<T> writing) {
        return new ListInPieces<>(following, writing).stream();
    }

    @Override
    byte[] piece() throws IOException {
        List<T> part = following.apply(last);
        if (part.size() < PART) {
            end();
        } else {
            last = part.get(PART - 1);
        }
        boolean first = !begun;
        begun = true;
        return writing.of(part, first);
    }
}
