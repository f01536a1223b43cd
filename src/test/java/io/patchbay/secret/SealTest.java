package io.patchbay.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

    private static final String PLACE = "instance/my-shop/apiKey";
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    private static String key(int of) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) of);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Seal seal(String keys) {
        return Seal.of(keys, RANDOM);
    }

    @Test
    void opensWhatItSealed() {
        Seal seal = seal(key(1));

        assertThat(seal.open(seal.seal("pässword", PLACE), PLACE)).isEqualTo("pässword");
        assertThat(seal.openBytes(seal.seal(new byte[] {0, -1, 5}, PLACE), PLACE))
                .containsExactly(0, -1, 5);
        assertThat(seal.open(seal.seal("", PLACE), PLACE)).isEmpty();
    }

    @Test
    void sealsTheSameTextDifferentlyEachTime() {
        Seal seal = seal(key(1));
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            all.add(seal.seal("same", PLACE));
        }

        assertThat(all).hasSize(1000);
        assertThat(all).noneMatch(text -> text.contains("same"));
    }

    @Test
    void refusesATextOfWhichAnyCharacterWasChanged() {
        Seal seal = seal(key(1));
        String sealed = seal.seal("secret", PLACE);
        for (int i = 0; i < sealed.length() - 1; i++) { // the last character has bits that mean nothing
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);

            assertThatThrownBy(() -> seal.open(changed, PLACE))
                    .as("character %d", i)
                    .isInstanceOf(SealException.class)
                    .hasMessageContaining(PLACE)
                    .hasMessageNotContaining("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "v1..", "v2.aaaaaaaa.AAAA", "plain text", "v1.aaaaaaaa.AAAA", "v1.a.b.c"})
    void refusesWhatIsNotSealed(String text) {
        assertThatThrownBy(() -> seal(key(1)).open(text, PLACE)).isInstanceOf(SealException.class);
    }

    @Test
    void refusesATextThatWasSealedForAnotherPlace() {
        Seal seal = seal(key(1));
        String sealed = seal.seal("secret", PLACE);

        assertThatThrownBy(() -> seal.open(sealed, "instance/their-shop/apiKey"))
                .isInstanceOf(SealException.class)
                .hasMessage("what is kept for instance/their-shop/apiKey was changed, or was sealed for another place");
    }

    @Test
    void saysWhichKeyIsMissing() {
        Seal before = seal(key(1));
        String sealed = before.seal("secret", PLACE);

        assertThatThrownBy(() -> seal(key(2)).open(sealed, PLACE))
                .isInstanceOf(SealException.class)
                .hasMessageContaining(before.newest())
                .hasMessageContaining("put it there behind the newest");
    }

    @Test
    void writesWithTheFirstKeyAndOpensWithAll() {
        Seal old = seal(key(1));
        String sealed = old.seal("secret", PLACE);
        Seal both = seal(key(2) + ", " + key(1));

        assertThat(both.open(sealed, PLACE)).isEqualTo("secret");
        assertThat(both.isNewest(sealed)).isFalse();
        String again = both.seal("secret", PLACE);
        assertThat(both.isNewest(again)).isTrue();
        assertThat(seal(key(2)).open(again, PLACE)).isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "short", "QUJD", "not/base64!", "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA=="})
    void refusesAKeyOfAnotherFormWithoutShowingIt(String keys) {
        assertThatThrownBy(() -> seal(keys))
                .isInstanceOf(SealException.class)
                .hasMessageStartingWith("PATCHBAY_KEY must hold 32 random bytes in base 64")
                .hasMessageContaining("openssl rand -base64 32")
                .hasNoCause();
    }

    @Test
    void neverPrintsAKey() {
        assertThat(SealKey.parse(key(7), "x").toString()).doesNotContain(key(7)).doesNotContain("BwcH");
    }

    @Test
    void makesAKeyFileForItsOwnerOnlyAndKeepsTheKey() throws Exception {
        Path file = folder.resolve("key");
        String sealed = Seal.ofFile(file, RANDOM).seal("secret", PLACE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Seal.ofFile(file, RANDOM).open(sealed, PLACE)).isEqualTo("secret");
        assertThat(Base64.getDecoder().decode(Files.readString(file).strip())).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxr-x---"})
    void refusesAKeyFileThatOthersMayUse(String mode) throws Exception {
        Path file = folder.resolve("key");
        Seal.ofFile(file, RANDOM);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> Seal.ofFile(file, RANDOM))
                .isInstanceOf(SealException.class)
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void refusesAKeyFileThatHoldsSomethingElse() throws Exception {
        Path file = folder.resolve("key");
        Seal.ofFile(file, RANDOM);
        Files.writeString(file, "hello\n");

        assertThatThrownBy(() -> Seal.ofFile(file, RANDOM))
                .isInstanceOf(SealException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("hello");
    }

    @Test
    void makesOneKeyWhenManyStartAtOnce() throws Exception {
        Path file = folder.resolve("key");
        ExecutorService starters = Executors.newFixedThreadPool(8);
        List<Future<String>> keys = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            keys.add(starters.submit(() -> Seal.ofFile(file, RANDOM).newest()));
        }
        Set<String> ids = new HashSet<>();
        for (Future<String> one : keys) {
            ids.add(one.get());
        }
        starters.shutdown();

        assertThat(ids).hasSize(1);
    }

    @Test
    void aRenewedFileOpensWhatItsOldKeySealedAndForgetsItTwoKeysLater() {
        Path file = folder.resolve("key");
        Seal seal = Seal.ofFile(file, RANDOM);
        String first = seal.seal("secret", PLACE);
        assertThat(seal.renew()).isTrue();
        seal.forgetOld();
        assertThat(seal.open(first, PLACE)).isEqualTo("secret");

        seal.renew();
        seal.forgetOld();

        assertThat(seal.known()).hasSize(2);
        assertThatThrownBy(() -> seal.open(first, PLACE)).isInstanceOf(SealException.class);
    }

    @Test
    void readsANewKeyThatAnotherProcessPutIntoTheFile() {
        Path file = folder.resolve("key");
        Seal here = Seal.ofFile(file, RANDOM);
        Seal there = Seal.ofFile(file, RANDOM);
        there.renew();
        String sealed = there.seal("secret".getBytes(StandardCharsets.UTF_8), PLACE);

        assertThat(here.open(sealed, PLACE)).isEqualTo("secret");
        assertThat(here.newest()).isEqualTo(there.newest());
    }

    @Test
    void keysThatWereGivenAreNotRenewedHere() {
        assertThat(seal(key(1)).renew()).isFalse();
    }
}
