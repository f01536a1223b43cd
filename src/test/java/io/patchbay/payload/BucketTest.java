package io.patchbay.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket has all that was added, or says that it has not. */
class BucketTest {

    @TempDir
    Path folder;

    private static Payload payload(int number) {
        return Payload.of(Lineage.ofRun("run").child("rows", number), Json.NODES.numberNode(number));
    }

    private static List<String> texts(Iterable<Payload> payloads) {
        List<String> texts = new ArrayList<>();
        payloads.forEach(payload -> texts.add(new String(payload.bytes(), java.nio.charset.StandardCharsets.UTF_8)));
        return texts;
    }

    private static final class Seen implements Bucket.Follower {
        private final List<Payload> payloads = new ArrayList<>();
        private boolean closed;

        @Override
        public void add(Payload payload) {
            payloads.add(payload);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void isReadAgainAndAgainAlsoFromDiskAndIsGoneWhenItIsClosed() throws Exception {
        Bucket bucket = new Bucket(folder, 100);
        for (int i = 0; i < 10; i++) {
            bucket.add(payload(i));
        }

        assertThat(texts(bucket)).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(texts(bucket)).hasSize(10);
        bucket.add(payload(10));
        assertThat(texts(bucket)).hasSize(11).endsWith("10");
        bucket.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whoFollowsSeesAllInTheirOrderAlsoThoseThatMemoryHeld() {
        Seen seen = new Seen();
        Bucket bucket = new Bucket(folder, 100);
        bucket.followed(() -> seen);
        for (int i = 0; i < 10; i++) {
            bucket.add(payload(i));
        }

        assertThat(bucket.follower()).isSameAs(seen);
        assertThat(texts(seen.payloads)).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        bucket.close();
        assertThat(seen.closed).isTrue();
    }

    @Test
    void nobodyFollowsWhatMemoryHolds() {
        Bucket bucket = new Bucket(folder, 1_000_000);
        bucket.followed(() -> {
            throw new AssertionError("nothing is to be followed");
        });
        bucket.add(payload(1));

        assertThat(bucket.follower()).isNull();
        bucket.close();
    }

    @Test
    void whatTheDiskRefusedIsToldOfForGood() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("file"), "a file where a folder is due");
        Seen seen = new Seen();
        Bucket bucket = new Bucket(inTheWay, 50);
        bucket.followed(() -> seen);
        bucket.add(payload(1)); // in memory
        bucket.add(payload(2)); // refused behind it

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(bucket::iterator)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot be kept on disk");
            assertThatThrownBy(() -> bucket.add(payload(3))).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(bucket::follower).isInstanceOf(UncheckedIOException.class);
        }
        assertThat(seen.payloads).as("nobody takes a part of it for all").isEmpty();
        bucket.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPayloadThatCannotBeWrittenIsToldOfForGoodAndLeavesNoFile(boolean asked) throws Exception {
        Seen seen = new Seen();
        Bucket bucket = new Bucket(folder, 1);
        bucket.followed(() -> seen);
        bucket.add(payload(1));
        Payload broken = Payload.of(Lineage.ofRun("run").child("rows", 2), Json.NODES.pojoNode(new Object() {
            @SuppressWarnings("unused") // asked by Jackson
            public String getValue() {
                throw new IllegalArgumentException("not today");
            }
        }));
        Throwable atOnce = catchThrowable(() -> bucket.add(broken)); // or later: it is written by another thread

        assertThat(atOnce == null || atOnce instanceof UncheckedIOException).isTrue();
        if (asked) {
            assertThatThrownBy(bucket::written).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(bucket::iterator).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(bucket::follower).isInstanceOf(UncheckedIOException.class);
        }
        bucket.close();
        assertThat(seen.closed).isTrue();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
