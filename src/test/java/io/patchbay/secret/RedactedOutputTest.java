package io.patchbay.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RedactedOutputTest {

    private static final String SECRET = "sEcr3t/Wört&x";

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final Logger library = LoggerFactory.getLogger("org.example.library");
    private final Redactor redactor = new Redactor();
    private PrintStream before;

    @BeforeEach
    void open() {
        before = System.out;
        System.setOut(new PrintStream(console, true, StandardCharsets.UTF_8));
        redactor.learn("X", SECRET);
    }

    @AfterEach
    void close() {
        System.setOut(before);
    }

    @Test
    void whatALibraryLogsOfASecretIsHiddenInMessagesAndTraces() {
        RedactedOutput redacted = new RedactedOutput(redactor);
        try {
            library.warn(
                    "Malformed challenge: Bearer {}", SECRET, new IllegalStateException("key " + SECRET + " is bad"));
        } finally {
            redacted.close();
        }

        assertThat(console.toString(StandardCharsets.UTF_8))
                .contains("Malformed challenge: Bearer ***", "key *** is bad")
                .doesNotContain(SECRET);
    }

    @Test
    void whatGoesToTheOtherStreamIsHiddenToo() {
        PrintStream errors = System.err;
        System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
        RedactedOutput redacted = new RedactedOutput(redactor);
        try {
            new IllegalStateException("key " + SECRET + " is bad").printStackTrace();
        } finally {
            redacted.close();
            System.setErr(errors);
        }

        assertThat(console.toString(StandardCharsets.UTF_8))
                .contains("key *** is bad")
                .doesNotContain(SECRET);
    }

    @Test
    void everythingElsePassesAsItIsAndTheConsoleIsGivenBack() {
        PrintStream own = System.out;
        RedactedOutput redacted = new RedactedOutput(redactor);
        try {
            library.warn("grüße, 100 € → {}", 7);
        } finally {
            redacted.close();
        }

        assertThat(console.toString(StandardCharsets.UTF_8)).contains("grüße, 100 € → 7");
        assertThat(System.out).isSameAs(own);
    }
}
