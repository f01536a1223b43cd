package io.patchbay.blueprint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A blueprint as people look at it.
 *
 * @param files paths in its folder
 * @param from where it comes from
 * @param installed what was installed of it
 */
public record Shown(
        String id,
        String version,
        String title,
        String description,
        List<String> systems,
        List<Need> instances,
        List<Asked> questions,
        List<String> hosts,
        List<String> secrets,
        List<String> scripts,
        List<String> files,
        Provenance from,
        List<Existing> installed) {

    /** An instance that it needs. */
    public record Need(String name, String connector, String title, List<String> scopes) {}

    /**
     * A question.
     *
     * @param type text, number, boolean, duration or choice
     * @param otherwise the answer when none is given; empty where one must be
     */
    public record Asked(String name, String title, String type, List<String> choices, String otherwise) {}

    /**
     * An install of it.
     *
     * @param from where it came from; null for one that was made when that was not kept
     */
    public record Existing(
            String name, String version, @Nullable Provenance from) {}

    static Shown of(Blueprint blueprint, Provenance from, List<Install> installs) {
        Manifest manifest = blueprint.manifest();
        return new Shown(
                blueprint.id(),
                manifest.version(),
                manifest.title(),
                manifest.description() == null ? "" : manifest.description(),
                manifest.systems(),
                manifest.instances().entrySet().stream()
                        .map(need -> new Need(
                                need.getKey(),
                                need.getValue().connector(),
                                need.getValue().title(),
                                need.getValue().scopes()))
                        .toList(),
                manifest.questions().entrySet().stream()
                        .map(asked -> new Asked(
                                asked.getKey(),
                                asked.getValue().title(),
                                asked.getValue().type().name().toLowerCase(java.util.Locale.ROOT),
                                asked.getValue().choices(),
                                asked.getValue().otherwise() == null
                                        ? ""
                                        : asked.getValue().otherwise()))
                        .toList(),
                manifest.allowed().hosts(),
                manifest.allowed().secrets(),
                manifest.allowed().scripts(),
                List.copyOf(blueprint.files().keySet()),
                from,
                installs.stream()
                        .map(one -> new Existing(one.name(), one.version(), one.origin()))
                        .toList());
    }
}
