package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenFileTest {

    private static final Pattern SHOWN = Pattern.compile("shown this once: (\\S+)");

    private Path file;

    @BeforeEach
    void placeFile(@TempDir Path home) {
        file = home.resolve("data/admin-token.hash");
    }

    @Test
    void showsANewTokenOnceAndKnowsItAfterARestart() {
        Start first = start();
        Start second = start();

        assertThat(first.token()).hasSizeGreaterThanOrEqualTo(43);
        assertThat(first.admin().matches(first.token())).isTrue();
        assertThat(second.printed()).isEmpty();
        assertThat(second.admin().matches(first.token())).isTrue();
        assertThat(second.admin().matches(first.token())).as("from memory").isTrue();
        assertThat(second.admin().matches(first.token() + "x")).isFalse();
    }

    @Test
    void keepsAHashThatOnlyTheOwnerMayRead() throws Exception {
        Start first = start();

        assertThat(Files.readString(file)).doesNotContain(first.token()).matches("[0-9a-f]+\\n");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void makesAnotherTokenForAnotherHome(@TempDir Path other) {
        String here = start().token();
        file = other.resolve("admin-token.hash");

        assertThat(start().token()).isNotEqualTo(here);
    }

    @Test
    void refusesAFileThatHoldsNoHash() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "letmein");

        assertThatThrownBy(this::start).hasMessageContaining("holds no token hash");
    }

    @Test
    void refusesEmptyAndOverlongCandidatesUnread() {
        AdminToken admin = start().admin();

        assertThat(admin.matches("")).isFalse();
        assertThat(admin.matches("x".repeat(AdminToken.MOST_CHARACTERS + 1))).isFalse();
    }

    private Start start() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AdminToken admin = new AdminTokenFile(file, new SecureRandom(), new PrintStream(out)).open();
        return new Start(admin, out.toString(StandardCharsets.UTF_8));
    }

    private record Start(AdminToken admin, String printed) {
        String token() {
            Matcher shown = SHOWN.matcher(printed);
            assertThat(shown.find()).isTrue();
            return shown.group(1);
        }
    }
}
