package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListInPiecesTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, ListInPieces.PART - 1, ListInPieces.PART, ListInPieces.PART + 1, 2 * ListInPieces.PART})
    void hasEachItemOnceBehindOneHeader(int items) throws IOException {
        String all = IntStream.range(0, items).mapToObj(one -> one + " ").collect(Collectors.joining());

        byte[] file = ListInPieces.of(
                        (@Nullable Integer last) -> IntStream.range(last == null ? 0 : last + 1, items)
                                .limit(ListInPieces.PART)
                                .boxed()
                                .toList(),
                        ListInPiecesTest::text)
                .readAllBytes();

        assertThat(new String(file, StandardCharsets.UTF_8)).isEqualTo("head: " + all);
    }

    private static byte[] text(List<Integer> part, boolean first) {
        return part.stream()
                .map(one -> one + " ")
                .collect(Collectors.joining("", first ? "head: " : "", ""))
                .getBytes(StandardCharsets.UTF_8);
    }
}
