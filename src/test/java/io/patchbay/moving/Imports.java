package io.patchbay.moving;

import io.patchbay.moving.Import.Dialect;
import io.patchbay.moving.Import.Request;
import io.patchbay.moving.Import.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of other programs that stand among the resources of tests, and what is made of them. */
final class Imports {

    static final Path RESOURCES = Path.of("src/test/resources/moving");

    private Imports() {}

    static Result of(Dialect dialect, String text) {
        return Import.read(new Request(dialect, "given.json", text, null, path -> false));
    }

    static Result file(Dialect dialect, String name) throws IOException {
        Path file = RESOURCES.resolve(dialect.word()).resolve(name + ".json");
        return of(dialect, Files.readString(file));
    }

    /** All that was made and told, in one text. */
    static String shown(Result result) {
        StringBuilder text = new StringBuilder();
        result.files()
                .forEach((path, content) ->
                        text.append("=== ").append(path).append('\n').append(content));
        text.append("=== told\n");
        result.findings().forEach(finding -> text.append(finding).append('\n'));
        text.append("=== secrets\n");
        result.secrets().forEach(secret -> text.append(secret).append('\n'));
        return text.toString();
    }
}
