package io.patchbay.script.language;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What tests of every language share: its expressions, open for the tests of a class. */
abstract class AllLanguages {

    static final Map<Language, Expressions> ALL = new EnumMap<>(Language.class);

    @BeforeAll
    static void open() {
        for (Language language : Language.values()) {
            ALL.put(language, Expressions.of(language));
        }
    }

    @AfterAll
    static void close() {
        ALL.values().forEach(Expressions::close);
    }
}
