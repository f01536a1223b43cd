package io.patchbay.moving;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

final class NodeRedFile {
    NodeRedFile(SourceText.Document document, Report report) {}
    Parcel read(@Nullable String as, Predicate<String> taken) {
        throw new MovingException("");
    }
}
