package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.trial.TestConfig.AnswerConfig;
import io.patchbay.trial.TestConfig.AnswersConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The answers that a test gives one shape, and which of them are left. */
final class Replies {

    private final List<Left> left = new ArrayList<>();
    private final boolean every;
    private final boolean recording;
    private final int given;

    private static final class Left {
        private final AnswerConfig answer;
        private int times;

        Left(AnswerConfig answer) {
            this.answer = answer;
            this.times = answer.times();
        }
    }

    /** @param recorded answers of fixtures, where the test wants these */
    Replies(AnswersConfig config, List<AnswerConfig> recorded) {
        List<AnswerConfig> all = config.answer() != null
                ? List.of(config.answer())
                : config.fixtures() != null ? recorded : config.answers();
        all.forEach(one -> left.add(new Left(one)));
        recording = config.fixtures() != null;
        every = config.answer() != null;
        given = left.stream().mapToInt(one -> one.times).sum();
    }

    /** How many requests have an answer. */
    int given() {
        return given;
    }

    /** Whether a fixture gave what there was, and all of it was answered. */
    synchronized boolean endsARecording() {
        return recording && left.stream().allMatch(one -> one.times <= 0);
    }

    /** The answer to a request; null when none is left that fits. */
    synchronized @Nullable AnswerConfig next(JsonNode request) {
        for (Left one : left) {
            boolean free = every || one.times > 0;
            if (free && (one.answer.to() == null || Alike.request(one.answer.to(), request))) {
                one.times--;
                return one.answer;
            }
        }
        return null;
    }

    /** Whether a further request would be answered. */
    synchronized boolean more() {
        return !every && left.stream().anyMatch(one -> one.times > 0);
    }

    /** The bytes of an answer. */
    static byte[] body(AnswerConfig answer) {
        if (answer.base64() != null) {
            return Bytes.of(answer.base64());
        }
        String text = answer.text() != null
                ? answer.text()
                : answer.body() == null ? "" : answer.body().toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The headers of an answer. */
    static Map<String, String> headers(AnswerConfig answer) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", answer.text() == null ? "application/json" : "text/plain");
        headers.putAll(answer.headers());
        return headers;
    }
}
