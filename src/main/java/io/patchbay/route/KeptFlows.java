package io.patchbay.route;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowReader;
import io.patchbay.problem.Validated;
import io.patchbay.script.ScriptLibrary;
import io.patchbay.shape.Surroundings;
import java.util.Optional;
import java.util.function.Supplier;

/** Flows as they were: their texts and scripts are those that were kept, all else that they name is that of today. */
final class KeptFlows {

    /** Characters of texts that are kept in memory. */
    private static final long KNOWN = 16_000_000;

    private final Cache<RevisionTexts.Name, RevisionTexts.Text> known = Caffeine.newBuilder()
            .maximumWeight(KNOWN)
            .weigher((RevisionTexts.Name key, RevisionTexts.Text text) -> characters(text))
            .build();
    private final FlowReader reader;
    private final RevisionTexts texts;
    private final Supplier<FlowReader.World> today;

    /** @param today what names in flows lead to now */
    KeptFlows(FlowReader reader, RevisionTexts texts, Supplier<FlowReader.World> today) {
        this.reader = reader;
        this.texts = texts;
        this.today = today;
    }

    /** A kept text; texts of versions that are held are asked for with each generation. */
    Optional<RevisionTexts.Text> text(String flow, String revision) {
        return Optional.ofNullable(known.get(
                new RevisionTexts.Name(flow, revision),
                key -> texts.text(flow, revision).orElse(null)));
    }

    private static int characters(RevisionTexts.Text text) {
        return text.text().length()
                + text.scripts().stream()
                        .mapToInt(script -> script.text().length())
                        .sum();
    }

    /** A kept text as a flow, or what speaks against it now. */
    Validated<Flow> read(RevisionTexts.Text kept) {
        return read(kept.file(), kept);
    }

    /** The same in another file. */
    Validated<Flow> read(String file, RevisionTexts.Text kept) {
        return reader.read(file, kept.text(), world(kept));
    }

    /** Today's world, with the scripts that a flow had. */
    FlowReader.World world(RevisionTexts.Text kept) {
        FlowReader.World now = worldNow();
        return kept.scripts().isEmpty()
                ? now
                : (flow, variables) -> {
                    Surroundings around = now.around(flow, variables);
                    return around.with(ScriptLibrary.class, around.scripts().keeping(kept.scripts()));
                };
    }

    FlowReader.World worldNow() {
        return today.get();
    }
}
