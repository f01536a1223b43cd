package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of the reference say what the code does; {@code mvn -Pdocs test} writes them anew. */
class AccessReferenceTest {

    private static final Path PAGE = Path.of("docs/reference/access.md");

    @Test
    void tablesOfTheReferenceAreThoseOfTheCode() throws IOException {
        String page = Files.readString(PAGE);
        String fresh = put(put(page, "roles", roles()), "permissions", permissions());
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, fresh);
        }

        assertThat(Files.readString(PAGE)).as("stale: run: mvn -Pdocs test").isEqualTo(fresh);
    }

    @Test
    void whoOnlyReadsMayChangeNothingButTheirOwnPassword() {
        assertThat(Arrays.stream(Permission.values()).filter(Role.READ_ONLY::may))
                .containsExactly(Permission.VIEW, Permission.READ, Permission.SELF);
    }

    @Test
    void anAdministratorMayEverything() {
        assertThat(Permission.values()).allMatch(Role.ADMINISTRATOR::may);
    }

    @Test
    void onlyAnAdministratorDecidesWhoGetsInAndReadsTheAuditLog() {
        for (Role role : Role.values()) {
            assertThat(role.may(Permission.ADMINISTER)).isEqualTo(role == Role.ADMINISTRATOR);
            assertThat(role.may(Permission.AUDIT)).isEqualTo(role == Role.ADMINISTRATOR);
        }
    }

    private static String roles() {
        StringBuilder table = new StringBuilder("| permission |");
        Arrays.stream(Role.values())
                .forEach(role -> table.append(' ').append(role.word()).append(" |"));
        table.append("\n| --- |").append(" --- |".repeat(Role.values().length)).append('\n');
        for (Permission permission : Permission.values()) {
            table.append("| `").append(permission.word()).append("` |");
            Arrays.stream(Role.values()).forEach(role -> table.append(role.may(permission) ? " yes |" : " - |"));
            table.append('\n');
        }
        return table.toString();
    }

    private static String permissions() {
        return "| permission | lets |\n| --- | --- |\n"
                + Arrays.stream(Permission.values())
                        .map(permission -> "| `" + permission.word() + "` | " + permission.meaning() + " |\n")
                        .collect(Collectors.joining());
    }

    private static String put(String page, String name, String table) {
        String begin = "<!-- " + name + ": made from the code -->\n";
        int from = page.indexOf(begin) + begin.length();
        assertThat(from).isGreaterThan(begin.length());
        return page.substring(0, from) + table + page.substring(page.indexOf("<!-- end -->", from));
    }
}
